import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { ActProps } from './compose.tsx';
import { Fold, ReasonField } from './fold.tsx';
import { goTo } from './go-to.ts';
import { officesOf } from './transfer.tsx';

/** Conflict of interest: an office that is itself reported loses its keys of this case. */
export function Exclude({ loaded, store, me, act }: ActProps) {
  const { id, version, readers } = loaded.detail;
  const { value: team } = useLoaded(api.team);
  const [unit, setUnit] = useState('');
  const [reason, setReason] = useState('');
  const offices = team === undefined ? [] : officesOf(team);

  async function exclude(event: Event): Promise<void> {
    event.preventDefault();
    const done = await act.run(async () => {
      await api.exclude(id, version, unit, reason.trim());
      if (unit === me.unit) {
        store.forget(id);
        goTo('');
      }
    }, `${unit} tidak bisa membuka kasus ini lagi.`);
    if (done) setReason('');
  }

  if (offices.length < 2) return null;
  const has = readers.filter((reader) => reader.unit === unit).length;
  return (
    <Fold title="Kecualikan kantor yang terlibat">
      <form onSubmit={(event) => void exclude(event)}>
        <p class="hint">
          Kunci kasus ini dicabut dari semua petugas kantor itu. Yang sudah mereka baca tidak bisa ditarik.
        </p>
        <label for="exclude-unit">Kantor</label>
        <select id="exclude-unit" required value={unit} onChange={({ currentTarget }) => setUnit(currentTarget.value)}>
          <option value="">Pilih...</option>
          {offices.map((office) => (
            <option key={office} value={office}>
              {office}
            </option>
          ))}
        </select>
        {unit === '' ? null : <p class="hint">Sekarang {has} petugasnya bisa membuka kasus ini.</p>}
        <ReasonField id="exclude-reason" value={reason} onInput={setReason} />
        <button type="submit" class="danger" disabled={act.busy}>
          Kecualikan
        </button>
      </form>
    </Fold>
  );
}
