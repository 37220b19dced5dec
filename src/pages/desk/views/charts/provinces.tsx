import { useEffect } from 'preact/hooks';
import type { Count } from '../../../../channels/web/desk/contract.ts';
import { showNumber } from '../../parts/format.ts';
import type { Row } from '../cases/row.ts';
import type { CaseStore } from '../cases/store.ts';
import { useStore } from '../cases/use-store.ts';
import { Bars, Chart } from './chart.tsx';
import { showCount } from './numbers.ts';

const FEW_BELOW = 5;
const OTHERS = 'Lain-lain, atau tidak disebut';

/** Tips by province, from the most; places with fewer than five go together, because what is written there may be anything. */
export function byProvince(rows: readonly Row[]): ReadonlyArray<readonly [string, Count]> {
  const counts = new Map<string, number>();
  for (const { item, texts } of rows) {
    if (item.kind !== 'tip' || texts === undefined) continue;
    // "Kota Bogor, Jawa Barat"
    const name = texts.region.split(',').at(-1)?.trim() ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const named = [...counts].filter(([name, count]) => name !== '' && count >= FEW_BELOW);
  const others =
    [...counts.values()].reduce((sum, count) => sum + count, 0) - named.reduce((sum, [, count]) => sum + count, 0);
  const sorted = named.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return others === 0 ? sorted : [...sorted, [OTHERS, others < FEW_BELOW ? 'few' : others]];
}

/** Where a tip is from is sealed: this is counted here, from what this officer can open, and told to nobody. */
export function Provinces({ store }: { readonly store: CaseStore }) {
  useStore(store);
  useEffect(() => store.start(), [store]);
  const { open, all } = store.progress;
  const bars = byProvince(store.rows ?? []).map(([name, count]) => ({ name, count, said: showCount(count) }));
  return (
    <Chart
      title="Laporan menurut provinsi"
      hint={`Dihitung di halaman ini dari yang bisa Anda buka: ${showNumber(open)} dari ${showNumber(all)}. Server tidak mengetahuinya.`}
      file="provinsi"
      table={{ head: ['Provinsi', 'Jumlah'], rows: bars.map(({ name, said }) => [name, said]) }}
    >
      {bars.length === 0 ? <p>Belum ada laporan.</p> : <Bars label="Laporan menurut provinsi" bars={bars} />}
    </Chart>
  );
}
