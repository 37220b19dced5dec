/** Counts as the charts show them; small ones are hidden by the server. */
import type { Count } from '../../../../channels/web/desk/contract.ts';
import { showNumber } from '../../parts/format.ts';

/** How high a hidden count is drawn: in the middle of 1 to 4. */
const FEW = 2.5;

export const heightOf = (count: Count): number => (count === 'few' ? FEW : count);
export const showCount = (count: Count): string => (count === 'few' ? '<5' : showNumber(count));

/** What is known of a sum: `atLeast` where hidden counts are in it, each of them 1 or more. */
export interface Sum {
  readonly known: number;
  readonly hidden: number;
}
export const sumOf = (counts: readonly Count[]): Sum => ({
  known: counts.reduce<number>((sum, count) => sum + (count === 'few' ? 0 : count), 0),
  hidden: counts.filter((count) => count === 'few').length,
});

/** `120`, or `120 sampai 128` where two counts of 1 to 4 are hidden; nothing exact below 5. */
export function showSum({ known, hidden }: Sum): string {
  if (hidden === 0) return showNumber(known);
  if (known === 0 && hidden === 1) return '<5';
  return `${showNumber(known + hidden)} sampai ${showNumber(known + hidden * 4)}`;
}

/** Share of a sum in itself and the others, `12 %` or `12 sampai 15 %`; undefined where there is nothing. */
export function shareOf(part: Sum, others: Sum): string | undefined {
  const least = part.known + part.hidden;
  const most = part.known + part.hidden * 4;
  if (most + others.known + others.hidden === 0) return undefined;
  const low = Math.round((100 * least) / Math.max(1, least + others.known + others.hidden * 4));
  const high = Math.round((100 * most) / Math.max(1, most + others.known + others.hidden));
  return low === high ? `${showNumber(low)} %` : `${showNumber(low)} sampai ${showNumber(high)} %`;
}

/** Share of the first in all, `12 %`; undefined where a hidden count is in it, or nothing at all. */
export function share(part: Count, all: readonly Count[]): string | undefined {
  const sum = sumOf(all);
  if (part === 'few' || sum.hidden > 0 || sum.known === 0) return undefined;
  return `${showNumber(Math.round((100 * part) / sum.known))} %`;
}
