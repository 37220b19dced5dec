/** Indonesia's provinces, kabupaten and kota. Read at the first use, in some tens of milliseconds. */
import type { Region, Regions } from '../conversation/regions.ts';
import { finder } from './find.ts';
import { readRegions } from './read.ts';

export function openRegions(): Regions {
  let loaded: Regions | undefined;
  const all = (): Regions => {
    loaded ??= load(readRegions());
    return loaded;
  };
  return {
    get provinces() {
      return all().provinces;
    },
    regencies: (province) => all().regencies(province),
    byCode: (code) => all().byCode(code),
    find: (text, limit) => all().find(text, limit),
  };
}

function load(regions: readonly Region[]): Regions {
  const byCode = new Map(regions.map((region) => [region.code, region]));
  const { compare } = new Intl.Collator('id');
  const byName = [...regions].sort((a, b) => compare(a.name, b.name));
  const provinces = byName.filter(({ province }) => province === undefined);
  return {
    provinces,
    regencies(code) {
      const name = provinces.find((province) => province.code === code)?.name;
      return name === undefined ? [] : byName.filter(({ province }) => province === name);
    },
    byCode: (code) => byCode.get(code),
    find: finder(regions),
  };
}
