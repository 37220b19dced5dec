import { useState } from 'preact/hooks';
import type { Team } from '../../../../channels/web/desk/contract.ts';
import { wordsOf } from '../../../../desk/words-of.ts';
import { api } from '../../api.ts';
import { keys } from '../../keys/keys.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { ActProps } from './compose.tsx';
import { Fold, ReasonField } from './fold.tsx';
import { goTo } from './go-to.ts';
import { officeFor, regionOf } from './region.ts';

/** Officers who work at an office now. */
export const officersOf = (team: Team, unit: string): Team['members'] =>
  team.members.filter((member) => member.role === 'officer' && !member.retired && member.unit === unit);

/** Offices that have officers. */
export const officesOf = (team: Team): readonly string[] =>
  [...new Set(team.members.filter(({ role, retired }) => role === 'officer' && !retired).map(({ unit }) => unit))].sort(
    (a, b) => a.localeCompare(b, 'id'),
  );

/** To another office: the case's key is wrapped here, one by one, to each of its officers. */
export function Transfer({ loaded, store, me, act }: ActProps) {
  const { id, version, wrapped, unit } = loaded.detail;
  const { value: team } = useLoaded(api.team);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [keep, setKeep] = useState(false);
  const [done, setDone] = useState(0);
  const offices = team === undefined ? [] : officesOf(team).filter((office) => office !== unit);
  const suggested = officeFor(regionOf(wordsOf(loaded.entries, 'where')), team?.units ?? []);
  const officers = team === undefined || to === '' ? [] : officersOf(team, to);

  async function transfer(event: Event): Promise<void> {
    event.preventDefault();
    setDone(0);
    const given = await act.run(async () => {
      const wraps: Array<{ officer: string; wrapped: string }> = [];
      for (const officer of officers) {
        const [wrap] = await keys.call('wrapFor', id, wrapped, [officer.recipient]);
        if (wrap !== undefined) wraps.push({ officer: officer.id, wrapped: wrap });
        setDone(wraps.length);
      }
      await api.transfer(id, { version, unit: to, reason: reason.trim(), keep, keys: wraps });
      // without a key of our own, the case cannot be read again
      if (!keep && to !== me.unit) {
        store.forget(id);
        goTo('');
      }
    }, `Kasus dialihkan ke ${to}.`);
    if (given) setReason('');
  }

  if (offices.length === 0) return null;
  return (
    <Fold title="Alihkan ke kantor lain">
      <form onSubmit={(event) => void transfer(event)}>
        <label for="transfer-unit">Kantor</label>
        <select id="transfer-unit" required value={to} onChange={({ currentTarget }) => setTo(currentTarget.value)}>
          <option value="">Pilih...</option>
          {offices.map((office) => (
            <option key={office} value={office}>
              {office}
            </option>
          ))}
        </select>
        {suggested !== undefined && suggested !== unit && offices.includes(suggested) ? (
          <p class="hint" id="transfer-suggested">
            Wilayah laporan ini dipegang {suggested}.
          </p>
        ) : null}
        <ReasonField id="transfer-reason" value={reason} onInput={setReason} />
        <label class="check">
          <input type="checkbox" checked={keep} onChange={({ currentTarget }) => setKeep(currentTarget.checked)} />{' '}
          Kantor saya tetap bisa membukanya
        </label>
        {act.busy && officers.length > 0 ? (
          <progress value={done} max={officers.length} aria-label="Membungkus kunci" />
        ) : null}
        <button type="submit" disabled={act.busy}>
          Alihkan
        </button>
      </form>
    </Fold>
  );
}
