import type { NamedRegion } from '../sealing/region.ts';

/** Provinces, and regencies and cities (kabupaten/kota). `src/regions/` reads them from a data package. */
export type Region = NamedRegion;

export interface Regions {
  readonly provinces: readonly Region[];
  /** Those of a province, by name; empty for an unknown code. */
  regencies(province: string): readonly Region[];
  byCode(code: string): Region | undefined;
  /** What a typed text may mean, best first, at most `limit`: "bandung", "kab bdg barat", "jabar", "jogja". */
  find(text: string, limit: number): readonly Region[];
}

export const NO_REGIONS: Regions = {
  provinces: [],
  regencies: () => [],
  byCode: () => undefined,
  find: () => [],
};
