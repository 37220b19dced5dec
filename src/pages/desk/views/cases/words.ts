/** What officers read for the words of the store. */
import type { CaseKind, Status } from '../../../../reports/office.ts';
import type { Part } from '../../../../sealing/entry.ts';

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  new: 'Baru',
  reading: 'Dibaca',
  asking: 'Menunggu pelapor',
  'handed-on': 'Diteruskan',
  closed: 'Ditutup',
};

export const KIND_WORDS: Readonly<Record<CaseKind, string>> = { tip: 'Laporan', question: 'Pertanyaan' };

export const PART_WORDS: Readonly<Record<Part, string>> = {
  what: 'Apa',
  who: 'Siapa',
  where: 'Di mana',
  when: 'Kapan',
  file: 'Bukti',
  text: 'Tambahan',
};

/** `reading > closed: sudah selesai` of the audit chain, in words. */
export const showDetail = (detail: string): string =>
  detail.replace(/^([a-z-]+) > ([a-z-]+)/, (whole, from: string, to: string) =>
    from in STATUS_WORDS && to in STATUS_WORDS
      ? `${STATUS_WORDS[from as Status]} menjadi ${STATUS_WORDS[to as Status]}`
      : whole,
  );

/** Empty where several offices share a case. */
export const showUnit = (unit: string): string => (unit === '' ? 'Semua kantor' : unit);

/** `hari ini`, `3 hari`. */
export const showAge = (days: number): string =>
  days <= 0 ? 'hari ini' : `${new Intl.NumberFormat('id-ID').format(days)} hari`;

/** `lewat 2 hari`, `hari ini`, `3 hari lagi`. */
export const showLeft = (days: number): string =>
  days < 0 ? `lewat ${-days} hari` : days === 0 ? 'hari ini' : `${days} hari lagi`;

/** `120 kB`, `3,4 MB`. */
export const showBytes = (bytes: number): string =>
  bytes < 1_000_000
    ? `${new Intl.NumberFormat('id-ID', { maximumFractionDigits: 0 }).format(Math.max(1, bytes / 1000))} kB`
    : `${new Intl.NumberFormat('id-ID', { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`;
