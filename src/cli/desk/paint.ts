/** Colours, where the output is a terminal. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  alarm(text: string): string;
  good(text: string): string;
}

const code =
  (on: number, off: number) =>
  (text: string): string =>
    `\x1b[${on}m${text}\x1b[${off}m`;
const plain = (text: string): string => text;

export const paint = (colours: boolean): Paint =>
  colours
    ? { bold: code(1, 22), dim: code(2, 22), alarm: code(31, 39), good: code(32, 39) }
    : { bold: plain, dim: plain, alarm: plain, good: plain };

/** Columns of equal width, two blanks between; the last is not filled up. */
export function columns(rows: ReadonlyArray<readonly string[]>): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length);
    });
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
