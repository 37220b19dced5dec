/** A tip while it is being told. It lives in the page's memory and nowhere else. */
import type { Evidence } from '../parts/evidence.ts';
import { asWords } from './day-words.ts';

export const STEPS = ['what', 'who', 'where', 'when', 'files', 'check'] as const;
export type Step = (typeof STEPS)[number];

export interface Tip {
  readonly what: string;
  readonly who: string;
  readonly province: string;
  readonly regency: string;
  readonly place: string;
  /** `YYYY-MM-DD` or empty. */
  readonly day: string;
  readonly when: string;
  readonly files: readonly Evidence[];
}

export const NEW_TIP: Tip = { what: '', who: '', province: '', regency: '', place: '', day: '', when: '', files: [] };

const joined = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');

/** The four texts as officers will read them; empty where a question was skipped. */
export const textsOf = (tip: Tip) => ({
  what: tip.what.trim(),
  who: tip.who.trim(),
  where: joined([tip.regency, tip.province].filter((name) => name !== '').join(', '), tip.place),
  when: joined(tip.day === '' ? '' : asWords(tip.day), tip.when),
});
export type Texts = ReturnType<typeof textsOf>;

/** Nothing told at all. */
export const isEmpty = (tip: Tip): boolean =>
  Object.values(textsOf(tip)).every((text) => text === '') && tip.files.length === 0;
