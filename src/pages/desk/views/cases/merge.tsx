import { useMemo, useState } from 'preact/hooks';
import { alikeTo } from '../../../../desk/likeness.ts';
import { nickname } from '../../../../sealing/receipt.ts';
import { api } from '../../api.ts';
import type { ActProps } from './compose.tsx';
import { Fold } from './fold.tsx';
import type { Row } from './row.ts';

/** The same event told twice: this case is marked as a duplicate of another. Both stay; the mark can be taken away. */
export function Merge({ loaded, store, act }: ActProps) {
  const { id, version, kind, mergedInto } = loaded.detail;
  const [into, setInto] = useState('');
  const [wanted, setWanted] = useState(false);
  const own = store.row(id);
  const { rows } = store;
  const others = useMemo(
    () => (rows ?? []).filter(({ item }) => item.id !== id && item.kind === kind && item.mergedInto === undefined),
    [rows, id, kind],
  );
  // to look for what is alike among a thousand takes a while, and this is drawn with every letter that is typed
  const choices = useMemo(() => (wanted ? likelyFirst(own, others) : []), [wanted, own, others]);

  async function merge(event: Event): Promise<void> {
    event.preventDefault();
    const done =
      mergedInto === undefined
        ? await act.run(() => api.merge(id, version, into), `Ditandai sebagai kembaran ${nickname(into)}.`)
        : await act.run(() => api.merge(id, version, null), 'Tanda kembaran dihapus.');
    if (done) setInto('');
  }

  if (mergedInto === undefined && others.length === 0) return null;
  return (
    <Fold
      title={mergedInto === undefined ? 'Gabungkan dengan kembarannya' : 'Batalkan penggabungan'}
      onOpen={() => setWanted(true)}
    >
      <form onSubmit={(event) => void merge(event)}>
        {mergedInto === undefined ? (
          <>
            <label for="merge-into">Kembaran dari</label>
            <select
              id="merge-into"
              required
              value={into}
              onChange={({ currentTarget }) => setInto(currentTarget.value)}
            >
              <option value="">Pilih...</option>
              {choices.map(({ row, alike }) => (
                <option key={row.item.id} value={row.item.id}>
                  {alike ? 'Mirip: ' : ''}
                  {row.name} {(row.texts?.title ?? '').slice(0, 50)}
                </option>
              ))}
            </select>
          </>
        ) : (
          <p>Sekarang ditandai sebagai kembaran {nickname(mergedInto)}.</p>
        )}
        <button type="submit" disabled={act.busy}>
          {mergedInto === undefined ? 'Gabungkan' : 'Batalkan'}
        </button>
      </form>
    </Fold>
  );
}

/** Near-identical ones before the rest. */
function likelyFirst(own: Row | undefined, others: readonly Row[]): ReadonlyArray<{ row: Row; alike: boolean }> {
  const bare = (row: Row) => (row.texts?.all ?? '').slice(row.name.length).trim();
  const alike = new Set(own === undefined ? [] : alikeTo(bare(own), others, bare));
  return [...others.filter((row) => alike.has(row)), ...others.filter((row) => !alike.has(row))].map((row) => ({
    row,
    alike: alike.has(row),
  }));
}
