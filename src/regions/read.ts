/** Reads the provinces, and the kabupaten and kota, from the data of the package idn-area-data (Open Database License). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Region } from '../conversation/regions.ts';

/** What people write instead of the official long names. */
const USUAL: Readonly<Record<string, string>> = {
  'Daerah Khusus Ibukota Jakarta': 'DKI Jakarta',
  'Daerah Istimewa Yogyakarta': 'DI Yogyakarta',
};

/**
 * All regions, provinces first, each by code. Two of the package's files are read, 16 kB: its own interface reads them asynchronously.
 * Throws where they are not what they were in version 4.
 */
export function readRegions(): readonly Region[] {
  const provinces = rows('provinces', 2).map(([code = '', name = '']) => ({ code, name: USUAL[name] ?? name }));
  const nameOf = new Map(provinces.map(({ code, name }) => [code, name]));
  const regencies = rows('regencies', 3).map(([code = '', within = '', name = '']) => {
    const province = nameOf.get(within);
    if (province === undefined) throw new Error(`idn-area-data: ${code} belongs to no province`);
    return { code, name, province };
  });
  return [...provinces, ...regencies];
}

/** The rows below the header. No field of these two files is quoted. */
function rows(file: 'provinces' | 'regencies', fields: number): string[][] {
  const path = createRequire(import.meta.url).resolve(`idn-area-data/data/${file}.csv`);
  const [, ...lines] = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
  return lines.map((line, at) => {
    const row = line.split(',');
    if (row.length !== fields || line.includes('"'))
      throw new Error(`idn-area-data: ${file}.csv line ${at + 2} is not understood`);
    return row;
  });
}
