/**
 * What became of a question, for those who keep the rule base: told beside the replies, so that the conversation itself stores nothing.
 * Only questions count: no greeting, no command, no follow-up, nothing of somebody in danger, nothing of a report.
 */
import type { Verdict } from '../knowledge/schema.ts';

export type Heard =
  | { readonly kind: 'answered'; readonly rule: string; readonly topic: string; readonly verdict: Verdict }
  | { readonly kind: 'offered' }
  /** One of the offered rules was what the person meant; the question itself was counted as offered. */
  | { readonly kind: 'chosen'; readonly rule: string; readonly topic: string; readonly verdict: Verdict }
  | { readonly kind: 'out-of-scope'; readonly outClass: string }
  /** `text`: as it was written; undefined where it may have been meant for somebody else. */
  | { readonly kind: 'unknown'; readonly text: string | undefined };

/** The same without the words: where the message came out of a report, a receipt or a question to the officers. */
export const wordless = (heard: readonly Heard[]): Heard[] =>
  heard.map((entry) => (entry.kind === 'unknown' ? { ...entry, text: undefined } : entry));
