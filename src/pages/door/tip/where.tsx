import type { ListedRegion } from '../../../channels/web/door/contract.ts';
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
  const regencies = provinces.find(({ code }) => code === tip.province?.code)?.regencies ?? [];
  return (
    <>
      <Title>Di mana?</Title>
      {provinces.length > 0 && (
        <>
          <Pick
            id="province"
            label="Provinsi"
            regions={provinces}
            picked={tip.province}
            pick={(province) => change({ province, regency: undefined })}
          />
          {regencies.length > 0 && (
            <Pick
              id="regency"
              label="Kabupaten atau kota"
              regions={regencies}
              picked={tip.regency}
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
        empty={tip.province === undefined && tip.place === ''}
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
  readonly regions: readonly ListedRegion[];
  readonly picked: ListedRegion | undefined;
  readonly pick: (region: ListedRegion | undefined) => void;
}

function Pick({ id, label, regions, picked, pick }: PickProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={picked?.code ?? ''}
        onChange={({ currentTarget }) => pick(regions.find(({ code }) => code === currentTarget.value))}
        autocomplete="off"
      >
        <option value="">Pilih, atau lewati</option>
        {regions.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
