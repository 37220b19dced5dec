/** How an entry names a region, so that the desk can sort by it: "Kota Bogor, Jawa Barat (32.71)". */

/** Kemendagri's code of a province, or of a kabupaten or kota. */
export const REGION_CODE = /^\d{2}(?:\.\d{2})?$/;
const ENDING = /\s*\((\d{2}(?:\.\d{2})?)\)$/;

export interface NamedRegion {
  /** Of Kemendagri: `32` (province), `32.73` (kabupaten/kota). */
  readonly code: string;
  /** As people write it: `Jawa Barat`, `Kota Bandung`, `Kabupaten Bandung`. */
  readonly name: string;
  /** Name of the province, of a kabupaten or kota. */
  readonly province?: string;
}

export const regionText = ({ code, name, province }: NamedRegion): string =>
  `${province === undefined ? name : `${name}, ${province}`} (${code})`;

/** The code that a line ends with; undefined where somebody wrote the place in their own words. */
export const regionCode = (line: string): string | undefined => ENDING.exec(line)?.[1];

export const withoutCode = (line: string): string => line.replace(ENDING, '');
