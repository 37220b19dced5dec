import type { Team } from '../../../channels/web/desk/contract.ts';

/** Every office that has somebody or a region, in order. */
export const officeNames = ({ units, members }: Pick<Team, 'units' | 'members'>): readonly string[] =>
  [...new Set([...units.map(({ name }) => name), ...members.map(({ unit }) => unit)])].sort((a, b) =>
    a.localeCompare(b, 'id'),
  );
