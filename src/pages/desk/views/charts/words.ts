/** What people read for the words of the counts. */
import type { Insights } from '../../../../channels/web/desk/contract.ts';

export const OUTCOME_WORDS: Readonly<Record<Insights['outcomes'][number]['outcome'], string>> = {
  answered: 'Dijawab',
  offered: 'Ditawari pilihan',
  unknown: 'Tidak terjawab',
  'out-of-scope': 'Di luar topik',
};

export const VERDICT_WORDS: Readonly<Record<string, string>> = {
  forbidden: 'Tidak boleh',
  allowed: 'Boleh',
  conditional: 'Boleh dengan syarat',
  depends: 'Tergantung',
  disputed: 'Pejabat berbeda pendapat',
  info: 'Penjelasan',
};

export const AGE_WORDS: Readonly<Record<Insights['tips'][number]['age'], string>> = {
  '0-7': 'sampai 7 hari',
  '8-30': '8 sampai 30 hari',
  '31-90': '31 sampai 90 hari',
  '91+': 'lebih dari 90 hari',
};
