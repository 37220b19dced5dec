import { gzipSync } from 'node:zlib';
import type { Regions } from '../../../conversation/regions.ts';
import type { RegionList } from './contract.ts';

/** All provinces with theirs as the page shows them, as JSON, packed: made at the first call. */
export function packedRegions(regions: Regions): () => Buffer {
  let packed: Buffer | undefined;
  return () => {
    packed ??= gzipSync(JSON.stringify(listOf(regions)));
    return packed;
  };
}

const listOf = (regions: Regions): RegionList => ({
  provinces: regions.provinces.map(({ code, name }) => ({
    code,
    name,
    regencies: regions.regencies(code).map((regency) => ({ code: regency.code, name: regency.name })),
  })),
});
