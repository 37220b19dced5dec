import { useCallback, useState } from 'preact/hooks';
import type { Insights } from '../../../../channels/web/desk/contract.ts';
import { api } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { Title } from '../../parts/title.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { ViewProps } from '../../view-props.ts';
import { STATUS_WORDS } from '../cases/words.ts';
import { Bars, Chart, Columns } from './chart.tsx';
import { heightOf, share, shareOf, showCount, showSum, sumOf } from './numbers.ts';
import { lastDays, SPANS, showStep } from './period.ts';
import { Provinces } from './provinces.tsx';
import { AGE_WORDS, OUTCOME_WORDS, VERDICT_WORDS } from './words.ts';

/** What people ask, and what becomes of tips: counts only, for everybody of the desk. */
export function Charts({ me, cases }: ViewProps) {
  const [span, setSpan] = useState(30);
  const load = useCallback(() => {
    const { from, until } = lastDays(span, Date.now());
    return api.insights(from, until);
  }, [span]);
  const { value, trouble } = useLoaded(load);
  return (
    <div class="card">
      <Title>Grafik</Title>
      <p class="hint">
        Hanya jumlah, tanpa isi dan tanpa obrolan. Jumlah 1 sampai 4 ditulis &lt;5, supaya tidak ada yang bisa ditebak
        orangnya.
      </p>
      <label for="span">Masa</label>
      <select id="span" value={span} onChange={({ currentTarget }) => setSpan(Number(currentTarget.value))}>
        {SPANS.map(([days, title]) => (
          <option key={days} value={days}>
            {title}
          </option>
        ))}
      </select>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {value === undefined ? null : (
        <>
          <Outcomes {...value} />
          <Topics {...value} />
          <Verdicts {...value} />
          <Tips {...value} />
        </>
      )}
      {me.role === 'officer' ? <Provinces store={cases} /> : null}
    </div>
  );
}

const highestOf = (series: ReadonlyArray<{ readonly counts: Insights['topics'][number]['counts'] }>): number =>
  Math.max(1, ...series.flatMap(({ counts }) => counts.map(heightOf)));

function Outcomes({ days, step, outcomes }: Insights) {
  const unknown = outcomes.find(({ outcome }) => outcome === 'unknown')?.counts ?? [];
  const rateAt = (at: number) =>
    share(
      unknown[at] ?? 0,
      outcomes.map(({ counts }) => counts[at] ?? 0),
    ) ?? '-';
  const rows = days.map((day, at) => [
    showStep(day, step),
    ...outcomes.map(({ counts }) => showCount(counts[at] ?? 0)),
    rateAt(at),
  ]);
  const highest = highestOf(outcomes);
  const others = outcomes.filter(({ outcome }) => outcome !== 'unknown').flatMap(({ counts }) => counts);
  const rate = shareOf(sumOf(unknown), sumOf(others));
  return (
    <Chart
      title="Yang terjadi dengan pertanyaan"
      hint="Di tabel, tingkat tak terjawab hanya dihitung bila semua jumlahnya diketahui."
      file="pertanyaan"
      table={{ head: ['Waktu', ...outcomes.map(({ outcome }) => OUTCOME_WORDS[outcome]), 'Tak terjawab (%)'], rows }}
    >
      <p>{rate === undefined ? 'Belum ada pada masa ini.' : `Tingkat tak terjawab: ${rate}`}</p>
      <ul class="small-charts">
        {outcomes.map(({ outcome, counts }) => (
          <li key={outcome}>
            <p>
              {OUTCOME_WORDS[outcome]}: <strong>{showSum(sumOf(counts))}</strong>
            </p>
            <Columns label={`${OUTCOME_WORDS[outcome]}, ${showSum(sumOf(counts))}`} counts={counts} highest={highest} />
          </li>
        ))}
      </ul>
    </Chart>
  );
}

function Topics({ days, step, topics }: Insights) {
  const rows = days.map((day, at) => [showStep(day, step), ...topics.map(({ counts }) => showCount(counts[at] ?? 0))]);
  const highest = highestOf(topics);
  const sorted = [...topics].sort(
    (a, b) => sumOf(b.counts).known - sumOf(a.counts).known || (a.title < b.title ? -1 : 1),
  );
  return (
    <Chart
      title="Pertanyaan menurut topik"
      file="topik"
      table={{ head: ['Waktu', ...topics.map(({ title }) => title)], rows }}
    >
      {topics.length === 0 ? <p>Belum ada pada masa ini.</p> : null}
      <ul class="small-charts">
        {sorted.map(({ id, title, counts }) => (
          <li key={id}>
            <p>
              {title}: <strong>{showSum(sumOf(counts))}</strong>
            </p>
            <Columns label={`${title}, ${showSum(sumOf(counts))}`} counts={counts} highest={highest} />
          </li>
        ))}
      </ul>
    </Chart>
  );
}

function Verdicts({ verdicts }: Insights) {
  const bars = verdicts
    .map(({ verdict, count }) => ({ name: VERDICT_WORDS[verdict] ?? verdict, count, said: showCount(count) }))
    .sort((a, b) => heightOf(b.count) - heightOf(a.count) || (a.name < b.name ? -1 : 1));
  return (
    <Chart
      title="Putusan jawaban"
      file="putusan"
      table={{ head: ['Putusan', 'Jumlah'], rows: bars.map(({ name, said }) => [name, said]) }}
    >
      {bars.length === 0 ? <p>Belum ada pada masa ini.</p> : <Bars label="Putusan jawaban" bars={bars} />}
    </Chart>
  );
}

function Tips({ tips }: Insights) {
  const statuses = [...new Set(tips.map(({ status }) => status))];
  const ages = [...new Set(tips.map(({ age }) => age))];
  const countOf = (status: string, age: string) =>
    tips.find((tip) => tip.status === status && tip.age === age)?.count ?? 0;
  const bars = tips
    .filter(({ count }) => count !== 0)
    .map(({ status, age, count }) => ({
      name: `${STATUS_WORDS[status]}, ${AGE_WORDS[age]}`,
      count,
      said: showCount(count),
    }));
  return (
    <Chart
      title="Laporan menurut status dan umur"
      hint="Umur sejak masuk, hari ini; tidak bergantung pada masa di atas."
      file="laporan"
      table={{
        head: ['Status', ...ages.map((age) => AGE_WORDS[age])],
        rows: statuses.map((status) => [STATUS_WORDS[status], ...ages.map((age) => showCount(countOf(status, age)))]),
      }}
    >
      {bars.length === 0 ? <p>Belum ada laporan.</p> : <Bars label="Laporan menurut status dan umur" bars={bars} />}
    </Chart>
  );
}
