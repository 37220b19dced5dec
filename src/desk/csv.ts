/** CSV (RFC 4180) that a spreadsheet shows and never computes. */

/**
 * What a spreadsheet might take for a formula: `=` `+` `-` `@` (their full-width forms too), or a tab or line break, at the beginning, also
 * behind blanks (OWASP, CSV injection). An apostrophe before it makes it a text.
 */
const FORMULA = /^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

const cell = (text: string): string => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
};

/** With a byte order mark, so that spreadsheets read it as UTF-8. */
export const csv = (rows: ReadonlyArray<readonly string[]>): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
