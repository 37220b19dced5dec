/** What the buttons of a report carry: `/lapor`, `/lapor mulai`, `/lapor wilayah 32.73`. None carries anything that a person wrote. */
import { SLOTS, type Slot } from './report-desk.ts';

/** A part that can be corrected: one of the questions, or the files. */
export type Correctable = Slot | 'files';
export const CORRECTABLE = [...SLOTS, 'files'] as const satisfies readonly Correctable[];

/** Acts without a parameter, by the word in the button. */
const PLAIN = {
  mulai: 'begin',
  lanjutkan: 'resume',
  buang: 'discard',
  web: 'web',
  resmi: 'formal',
  lanjut: 'next',
  kembali: 'back',
  batal: 'cancel',
  kirim: 'send',
  ringkasan: 'summary',
  'berkas-ya': 'take-file',
  'berkas-tidak': 'leave-file',
  'kata-baru': 'new-words',
  'tanpa-kata': 'without-words',
  'catat-dulu': 'keep-words',
} as const;

export type ReportAct =
  | { readonly to: 'open' | (typeof PLAIN)[keyof typeof PLAIN] | 'edit' }
  | { readonly to: 'part' | 'clear'; readonly part: Correctable }
  | { readonly to: 'provinces'; readonly page: number }
  /** Kabupaten and kota of a province, or the province itself (`whole`). */
  | { readonly to: 'province'; readonly code: string; readonly page: number; readonly whole: boolean }
  | { readonly to: 'region'; readonly code: string }
  /** Something that no button carries: the beginning of a tip, perhaps. */
  | { readonly to: 'unknown' };

/** What follows `/lapor`. */
export function parseReportAct(rest: string): ReportAct {
  const [word = '', first = '', second = ''] = rest.toLowerCase().split(/\s+/);
  if (word === '') return { to: 'open' };
  const plain = Object.hasOwn(PLAIN, word) && first === '' ? PLAIN[word as keyof typeof PLAIN] : undefined;
  if (plain !== undefined) return { to: plain };
  const part = CORRECTABLE.find((known) => known === first);
  if (word === 'ubah' && second === '') {
    if (first === '') return { to: 'edit' };
    if (part !== undefined) return { to: 'part', part };
  }
  if (word === 'hapus' && part !== undefined) return { to: 'clear', part };
  if (word === 'provinsi') return { to: 'provinces', page: pageOf(first) };
  if (word === 'wilayah' && /^\d{2}$/.test(first))
    return { to: 'province', code: first, page: pageOf(second), whole: second === 'saja' };
  if (word === 'wilayah' && /^\d{2}\.\d{2}$/.test(first)) return { to: 'region', code: first };
  return { to: 'unknown' };
}

const pageOf = (text: string): number => (/^[1-9]\d?$/.test(text) ? Number(text) : 1);
