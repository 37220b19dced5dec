import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Matcher } from '../matching/matcher.ts';
import { NO_REGIONS, type Regions } from './regions.ts';
import { NO_REPORTS, type ReportDesk } from './report-desk.ts';

/** What the conversation needs from outside. `knowledge` and `matcher` always belong together: they are swapped as one. */
export interface Services {
  readonly knowledge: Knowledge;
  readonly matcher: Matcher;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly reports: ReportDesk;
  readonly regions: Regions;
  /** Public address of the page that seals a tip in the browser; undefined where none is known. */
  readonly webDoor: string | undefined;
}

/** For callers that take no reports: tests, and the commands that only answer questions. */
export const WITHOUT_REPORTS: Pick<Services, 'reports' | 'regions' | 'webDoor'> = {
  reports: NO_REPORTS,
  regions: NO_REGIONS,
  webDoor: undefined,
};

/** All that {@link say} reads. */
export type Wording = Pick<Services, 'knowledge'>;

/** A sentence of `wording.yaml` with its `{name}`s filled in. A missing key is a bug that `npm run check` finds. */
export function say(services: Wording, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = services.knowledge.wording[key];
  if (text === undefined) throw new Error(`wording.yaml has no "${key}"`);
  return text.trim().replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The one of several sentences that `which` asks for; the keys are written out, so that a test can read them. */
export const sayOne = <Which extends string>(
  services: Wording,
  which: Which,
  keys: Readonly<Record<Which, string>>,
  values: Readonly<Record<string, string | number>> = {},
): string => say(services, keys[which], values);
