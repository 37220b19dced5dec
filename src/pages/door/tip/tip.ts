/** A tip while it is being told. It lives in the page's memory and nowhere else. */
import type { ListedRegion } from '../../../channels/web/door/contract.ts';
import { regionText } from '../../../sealing/region.ts';
import type { Evidence } from '../parts/evidence.ts';
import { asWords } from './day-words.ts';

export const STEPS = ['what', 'who', 'where', 'when', 'files', 'check'] as const;
export type Step = (typeof STEPS)[number];

export interface Tip {
  readonly what: string;
  readonly who: string;
  readonly province: ListedRegion | undefined;
  readonly regency: ListedRegion | undefined;
  readonly place: string;
  /** `YYYY-MM-DD` or empty. */
  readonly day: string;
  readonly when: string;
  readonly files: readonly Evidence[];
}

export const NEW_TIP: Tip = {
  what: '',
  who: '',
  province: undefined,
  regency: undefined,
  place: '',
  day: '',
  when: '',
  files: [],
};

const joined = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n');

function regionOf({ province, regency }: Tip): string {
  if (province === undefined) return '';
  return regionText(regency === undefined ? province : { ...regency, province: province.name });
}

/** The four texts as officers will read them; empty where a question was skipped. */
export const textsOf = (tip: Tip) => ({
  what: tip.what.trim(),
  who: tip.who.trim(),
  where: joined(regionOf(tip), tip.place),
  when: joined(tip.day === '' ? '' : asWords(tip.day), tip.when),
});
export type Texts = ReturnType<typeof textsOf>;

/** Nothing told at all. */
export const isEmpty = (tip: Tip): boolean =>
  Object.values(textsOf(tip)).every((text) => text === '') && tip.files.length === 0;
