import { getRegions } from '../api.ts';
import { TextField, tooLong } from '../parts/text-field.tsx';
import { Title } from '../parts/title.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { Onward } from './onward.tsx';
import type { StepProps } from './step-props.ts';

/** The place: from a list, which comes whole, so that nobody learns what was picked; and in words. */
export function Where({ tip, change, next, nextLabel }: StepProps) {
  const regions = useLoaded(getRegions);
  const provinces = regions.kind === 'there' ? regions.value.provinces : [];
  const regencies = provinces.find(({ name }) => name === tip.province)?.regencies ?? [];
  return (
    <>
      <Title>Di mana?</Title>
      {provinces.length > 0 && (
        <>
          <Pick
            id="province"
            label="Provinsi"
            names={provinces.map(({ name }) => name)}
            value={tip.province}
            pick={(province) => change({ province, regency: '' })}
          />
          {regencies.length > 0 && (
            <Pick
              id="regency"
              label="Kabupaten atau kota"
              names={regencies}
              value={tip.regency}
              pick={(regency) => change({ regency })}
            />
          )}
        </>
      )}
      <TextField
        id="place"
        label="Tempatnya"
        hint="Misalnya: aula kantor kecamatan, atau grup WhatsApp kantor."
        short
        value={tip.place}
        onInput={(place) => change({ place })}
      />
      <Onward
        empty={tip.province === '' && tip.place === ''}
        blocked={tooLong(tip.place)}
        next={next}
        label={nextLabel}
      />
    </>
  );
}

interface PickProps {
  readonly id: string;
  readonly label: string;
  readonly names: readonly string[];
  readonly value: string;
  readonly pick: (name: string) => void;
}

function Pick({ id, label, names, value, pick }: PickProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => pick(event.currentTarget.value)} autocomplete="off">
        <option value="">Pilih, atau lewati</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
