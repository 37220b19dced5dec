import { DeskError } from '../../desk/errors.ts';

/** A line as words; "..." and '...' keep blanks together. Throws {@link DeskError} where a quotation mark is not closed. */
export function words(line: string): string[] {
  const found: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const [whole, parts] = /^((?:[^\s"']+|"[^"]*"|'[^']*')+)\s*/.exec(rest) ?? [];
    if (whole === undefined || parts === undefined)
      throw new DeskError('usage', 'Tanda kutip belum ditutup. Tulis misalnya --reason "sudah lengkap".');
    found.push(parts.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
    rest = rest.slice(whole.length);
  }
  return found;
}
