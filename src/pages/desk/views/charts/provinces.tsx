import { useEffect } from 'preact/hooks';
import { showNumber } from '../../parts/format.ts';
import type { CaseStore } from '../cases/store.ts';
import { useStore } from '../cases/use-store.ts';
import { byProvince } from './by-province.ts';
import { Bars, Chart } from './chart.tsx';
import { showCount } from './numbers.ts';

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
