import type { CaseDetail } from '../../../../channels/web/desk/contract.ts';
import { DEADLINE_NOTES, deadlinesOf, type ReportLimit } from '../../../../desk/deadlines.ts';
import { DAYS } from '../../../../desk/package-formats.ts';
import { showDay } from '../../parts/format.ts';
import { ageOf } from './due.ts';
import { showLeft } from './words.ts';

interface DeadlinesProps {
  readonly detail: Pick<CaseDetail, 'kind' | 'day'>;
  readonly limits: readonly ReportLimit[];
}

/** All days by which something would be due, with their articles. */
export function Deadlines({ detail: { kind, day }, limits }: DeadlinesProps) {
  if (kind !== 'tip') return null;
  return (
    <section>
      <h2>Tenggat</h2>
      <ul class="list due">
        {deadlinesOf(day, limits).map(({ title, until, days, counted, source }) => {
          const left = -ageOf(until);
          return (
            <li key={`${title} ${source}`} class={left < 0 ? 'muted' : left <= 2 ? 'urgent' : ''}>
              <b>{showDay(until)}</b> ({showLeft(left)}): {title}
              <br />
              <span class="muted">
                {days} {DAYS[counted]}; {source}
              </span>
            </li>
          );
        })}
      </ul>
      <details>
        <summary>Cara menghitung</summary>
        {DEADLINE_NOTES.map((note) => (
          <p key={note} class="hint">
            {note}
          </p>
        ))}
      </details>
    </section>
  );
}
