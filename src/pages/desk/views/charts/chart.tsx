import type { Count } from '../../../../channels/web/desk/contract.ts';
import { csv } from '../../../../desk/csv.ts';
import { saveFile } from '../../parts/save-file.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { heightOf } from './numbers.ts';

export interface Table {
  readonly head: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
}

interface ChartProps {
  readonly title: string;
  readonly hint?: string;
  /** Name of the CSV file, without its end. */
  readonly file: string;
  readonly table: Table;
  readonly children: preact.ComponentChildren;
}

/** A drawing, the same as a table, and as a file. */
export function Chart({ title, hint, file, table, children }: ChartProps) {
  const { head, rows } = table;
  return (
    <section class="chart">
      <h2>{title}</h2>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {children}
      <details>
        <summary>Tabel: {title}</summary>
        <Scroll label={`Tabel: ${title}`}>
          <table>
            <caption class="sr">{title}</caption>
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name = '', ...cells]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {cells.map((cell, at) => (
                    <td key={head[at + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
      <button
        type="button"
        aria-label={`Unduh CSV: ${title}`}
        onClick={() => saveFile(`${file}.csv`, 'text/csv;charset=utf-8', csv([head, ...rows]))}
      >
        Unduh CSV
      </button>
    </section>
  );
}

interface ColumnsProps {
  readonly label: string;
  readonly counts: readonly Count[];
  /** The highest of all columns that are compared. */
  readonly highest: number;
}

const WIDE = 300;
const HIGH = 48;

/** A column a step. A count that is hidden is an outline; what it says stands in the table. */
export function Columns({ label, counts, highest }: ColumnsProps) {
  const step = WIDE / Math.max(1, counts.length);
  return (
    <svg class="columns-chart" viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <line x1="0" y1={HIGH} x2={WIDE} y2={HIGH} class="axis" />
      {counts.map((count, at) => {
        const height = (heightOf(count) / Math.max(1, highest)) * (HIGH - 2);
        return height === 0 ? null : (
          <rect
            key={at}
            class={count === 'few' ? 'few' : 'bar-fill'}
            x={at * step + step * 0.1}
            y={HIGH - height}
            width={step * 0.8}
            height={height}
          />
        );
      })}
    </svg>
  );
}

interface BarsProps {
  readonly label: string;
  readonly bars: ReadonlyArray<{ readonly name: string; readonly count: Count; readonly said: string }>;
}

/** A bar a line, its name and number in words beside it. */
export function Bars({ label, bars }: BarsProps) {
  const highest = Math.max(1, ...bars.map(({ count }) => heightOf(count)));
  return (
    <ul class="bars" aria-label={label}>
      {bars.map(({ name, count, said }) => (
        <li key={name}>
          <span>{name}</span>
          <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect
              class={count === 'few' ? 'few' : 'bar-fill'}
              x="0"
              y="0"
              width={(100 * heightOf(count)) / highest}
              height="10"
            />
          </svg>
          <span class="number">{said}</span>
        </li>
      ))}
    </ul>
  );
}
