import { useState } from 'preact/hooks';
import type { Team, UnitChange } from '../../../channels/web/desk/contract.ts';
import { REGION_CODE } from '../../../sealing/region.ts';
import { officeNames } from './office-names.ts';

interface OfficesProps {
  readonly team: Team;
  readonly onChange: (change: UnitChange) => void;
}

/** Which offices get what comes in, and which only what is passed on to them, for their regions. */
export function Offices({ team, onChange }: OfficesProps) {
  return (
    <section>
      <h2>Kantor dan wilayah</h2>
      <p class="hint">
        Laporan tersegel sebelum wilayahnya diketahui server. Karena itu kantor tanpa wilayah menerima semua laporan
        baru, dan mengalihkannya; kantor dengan wilayah hanya menerima yang dialihkan kepadanya. Isi kode Kemendagri,
        dipisah spasi: 32 untuk satu provinsi, 32.73 untuk satu kabupaten atau kota. Kalau semua kantor punya wilayah,
        semuanya menerima.
      </p>
      {officeNames(team).map((office) => (
        <Office
          key={office}
          name={office}
          regions={team.units.find(({ name }) => name === office)?.regions ?? []}
          onChange={onChange}
        />
      ))}
    </section>
  );
}

interface OfficeProps {
  readonly name: string;
  readonly regions: readonly string[];
  readonly onChange: (change: UnitChange) => void;
}

function Office({ name, regions, onChange }: OfficeProps) {
  const [typed, setTyped] = useState(regions.join(' '));
  const [wrong, setWrong] = useState<string>();
  const id = `regions-${name.replace(/\W+/g, '-')}`;

  function save(event: Event): void {
    event.preventDefault();
    const codes = [...new Set(typed.split(/[\s,;]+/).filter((code) => code !== ''))];
    const bad = codes.find((code) => !REGION_CODE.test(code));
    setWrong(bad === undefined ? undefined : `"${bad}" bukan kode wilayah. Contohnya 32 atau 32.73.`);
    if (bad === undefined) onChange({ name, regions: codes });
  }

  return (
    <form class="inline" onSubmit={save}>
      <label>
        {name}
        <input
          autocomplete="off"
          inputMode="decimal"
          placeholder="semua laporan baru"
          aria-invalid={wrong !== undefined}
          {...(wrong === undefined ? {} : { 'aria-describedby': `${id}-wrong` })}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <button type="submit" aria-label={`Simpan wilayah ${name}`}>
        Simpan
      </button>
      {wrong === undefined ? null : (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
