import type { Knowledge } from '../knowledge/load.ts';
import type { Matcher } from '../matching/matcher.ts';

/** What the conversation needs from outside. `knowledge` and `matcher` always belong together: they are swapped as one. */
export interface Services {
  readonly knowledge: Knowledge;
  readonly matcher: Matcher;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A sentence of `wording.yaml` with its `{name}`s filled in. A missing key is a bug that `npm run check` finds. */
export function say(services: Services, key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = services.knowledge.wording[key];
  if (text === undefined) throw new Error(`wording.yaml has no "${key}"`);
  return text.trim().replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
