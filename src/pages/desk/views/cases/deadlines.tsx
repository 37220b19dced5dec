import type { CaseDetail } from '../../../../channels/web/desk/contract.ts';
import {
  DEADLINE_NOTES,
  deadlinesOf,
  groundsOf,
  LATER_DEADLINES,
  laterGroundsOf,
  type ReportLimit,
} from '../../../../desk/deadlines.ts';
import { showDay } from '../../parts/format.ts';
import { ageOf } from './due.ts';
import { showLeft } from './words.ts';

interface DeadlinesProps {
  readonly detail: Pick<CaseDetail, 'kind' | 'day'>;
  readonly limits: readonly ReportLimit[];
}

/** All days by which something would be due, with their articles; and what is due after steps that are taken elsewhere. */
export function Deadlines({ detail: { kind, day }, limits }: DeadlinesProps) {
  if (kind !== 'tip') return null;
  return (
    <section>
      <h2>Tenggat</h2>
      <ul class="list due">
        {deadlinesOf(day, limits).map((deadline) => {
          const { title, until } = deadline;
          const left = -ageOf(until);
          return (
            <li key={title} class={left < 0 ? 'muted' : left <= 2 ? 'urgent' : ''}>
              <b>{showDay(until)}</b> ({showLeft(left)}): {title}
              <br />
              <span class="muted">{groundsOf(deadline)}</span>
            </li>
          );
        })}
      </ul>
      <h3>Berjalan sejak langkah berikutnya</h3>
      <ul class="list later">
        {LATER_DEADLINES.map((deadline) => (
          <li key={deadline.title}>
            {deadline.title}
            <br />
            <span class="muted">{laterGroundsOf(deadline)}</span>
          </li>
        ))}
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
