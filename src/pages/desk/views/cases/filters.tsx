import { useMemo } from 'preact/hooks';
import type { CaseKind } from '../../../../reports/office.ts';
import { STATUSES } from '../../../../reports/office.ts';
import { type Age, type Filter, NO_FILTER, regionsOf, unitsOf } from './filter.ts';
import type { Row } from './row.ts';
import type { CaseStore } from './store.ts';
import { KIND_WORDS, STATUS_WORDS } from './words.ts';

const AGE_WORDS: ReadonlyArray<readonly [Age, string]> = [
  ['0-7', 'Sampai 7 hari'],
  ['8-30', '8 sampai 30 hari'],
  ['31+', 'Lebih dari 30 hari'],
];

/** What is typed here works on what was opened in this page; the server learns nothing of it. */
export function Filters({ store, rows }: { readonly store: CaseStore; readonly rows: readonly Row[] }) {
  const { filter } = store;
  const set = (change: Partial<Filter>) => store.setFilter({ ...filter, ...change });
  const units = useMemo(() => unitsOf(rows), [rows]);
  const regions = useMemo(() => regionsOf(rows), [rows]);
  const clean = JSON.stringify(filter) === JSON.stringify(NO_FILTER);
  return (
    <search>
      <label for="search">Cari di isi dan nama sandi</label>
      <input
        id="search"
        type="search"
        autocomplete="off"
        spellcheck={false}
        value={filter.text}
        onInput={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      <div class="filters">
        <label>
          Status
          <select
            value={filter.status}
            onChange={({ currentTarget }) => set({ status: currentTarget.value as Filter['status'] })}
          >
            <option value="open">Belum ditutup</option>
            <option value="all">Semua</option>
            {STATUSES.map((status) => (
              <option key={status} value={status}>
                {STATUS_WORDS[status]}
              </option>
            ))}
          </select>
        </label>
        <label>
          Jenis
          <select
            value={filter.kind}
            onChange={({ currentTarget }) => set({ kind: currentTarget.value as CaseKind | '' })}
          >
            <option value="">Semua</option>
            <option value="tip">{KIND_WORDS.tip}</option>
            <option value="question">{KIND_WORDS.question}</option>
          </select>
        </label>
        <label>
          Kantor
          <select value={filter.unit} onChange={({ currentTarget }) => set({ unit: currentTarget.value })}>
            <option value="">Semua</option>
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unit}
              </option>
            ))}
          </select>
        </label>
        <label>
          Umur
          <select value={filter.age} onChange={({ currentTarget }) => set({ age: currentTarget.value as Age | '' })}>
            <option value="">Semua</option>
            {AGE_WORDS.map(([age, words]) => (
              <option key={age} value={age}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label>
          Wilayah
          <input
            list="regions"
            autocomplete="off"
            value={filter.where}
            onInput={({ currentTarget }) => set({ where: currentTarget.value })}
          />
        </label>
        <datalist id="regions">
          {regions.map((region) => (
            <option key={region} value={region} />
          ))}
        </datalist>
        <label class="check">
          <input
            type="checkbox"
            checked={filter.unread}
            onChange={({ currentTarget }) => set({ unread: currentTarget.checked })}
          />{' '}
          Hanya yang belum dibaca
        </label>
        {clean ? null : (
          <button type="button" onClick={() => store.setFilter(NO_FILTER)}>
            Hapus saringan
          </button>
        )}
      </div>
    </search>
  );
}
