import type { Unit } from '../../../../channels/web/desk/contract.ts';
import { regionCode } from '../../../../sealing/region.ts';

/**
 * The region among what was told of the place, one message or more a line. Who types it first and then takes what is offered has the
 * choice below what was typed, and the last one is the correction; without any it is the first line.
 */
export function regionOf(where: string): string {
  const lines = where.split('\n').map((line) => line.trim());
  return lines.filter((line) => regionCode(line) !== undefined).at(-1) ?? lines[0] ?? '';
}

/** The office whose regions a region is among; of several the one that names it most closely. */
export function officeFor(region: string, units: readonly Unit[]): string | undefined {
  const code = regionCode(region);
  if (code === undefined) return undefined;
  const takes = (wanted: string) => units.find(({ regions }) => regions.includes(wanted))?.name;
  return takes(code) ?? takes(code.slice(0, 2));
}
