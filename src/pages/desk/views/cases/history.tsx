import type { CaseDetail } from '../../../../channels/web/desk/contract.ts';
import { detailWords } from '../../../../desk/audit-words.ts';
import { showActor, showEvent } from '../../parts/audit-words.ts';
import { showAuditTime } from '../../parts/format.ts';
import { showDetail } from './words.ts';

/** Who can open the case, and what was done with it. */
export function History({ detail: { readers, history } }: { readonly detail: CaseDetail }) {
  const names = new Map(readers.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? showActor(id) ?? 'Petugas lain';
  return (
    <section class="no-print">
      <h2>Yang bisa membuka</h2>
      <ul class="list">
        {readers.map(({ id, name, unit }) => (
          <li key={id}>
            {name}
            {unit === '' ? '' : `, ${unit}`}
          </li>
        ))}
      </ul>
      <details>
        <summary>Riwayat</summary>
        <ol class="list">
          {history.map(({ seq, at, actor, event, detail }) => (
            <li key={seq}>
              {showAuditTime(at)}: {showEvent(event)}, {nameOf(actor)}
              {detail === '' ? '' : `. ${detailWords(event, detail) ?? names.get(detail) ?? showDetail(detail)}`}
            </li>
          ))}
        </ol>
      </details>
    </section>
  );
}
