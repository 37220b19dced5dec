import type { Count } from '../../../../channels/web/desk/contract.ts';
import { withoutCode } from '../../../../sealing/region.ts';

const FEW_BELOW = 5;
const OTHERS = 'Lain-lain, atau tidak disebut';

/** What of a case is looked at. */
export interface Located {
  readonly item: { readonly kind: 'tip' | 'question' };
  /** Undefined until it is opened. */
  readonly texts: { readonly region: string } | undefined;
}

/** Tips by province, from the most; places with fewer than five go together, because what is written there may be anything. */
export function byProvince(rows: readonly Located[]): ReadonlyArray<readonly [string, Count]> {
  const counts = new Map<string, number>();
  for (const { item, texts } of rows) {
    if (item.kind !== 'tip' || texts === undefined) continue;
    const name = withoutCode(texts.region).split(',').at(-1)?.trim() ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const named = [...counts].filter(([name, count]) => name !== '' && count >= FEW_BELOW);
  const others =
    [...counts.values()].reduce((sum, count) => sum + count, 0) - named.reduce((sum, [, count]) => sum + count, 0);
  const sorted = named.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return others === 0 ? sorted : [...sorted, [OTHERS, others < FEW_BELOW ? 'few' : others]];
}
