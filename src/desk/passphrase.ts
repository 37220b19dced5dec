/** Whether a passphrase may guard an identity file that somebody might steal, and how to get a good one. */
import { ENOUGH, strength } from '../sealing/passphrase.ts';
import { makeReceipt } from '../sealing/receipt.ts';

const CHARACTERS = 12;
const WORDS = 4;
/** Words of a generated passphrase: 66 bits. */
const GENERATED = 6;

const SAYS = ['sangat lemah', 'lemah', 'cukup', 'kuat', 'sangat kuat'] as const;

export interface Judgement {
  readonly ok: boolean;
  /** `cukup`, `kuat` ... */
  readonly says: (typeof SAYS)[number];
  /** What to do, where it is not taken. */
  readonly repair: string;
}

/** At least 12 characters or 4 words, and not made of what guessers try first. */
export function judgePassphrase(passphrase: string): Judgement {
  const text = passphrase.trim();
  const score = strength(text);
  const says = SAYS[score];
  if ([...text].length < CHARACTERS && text.split(/[\s-]+/).filter((word) => word.length > 1).length < WORDS)
    return { ok: false, says, repair: `Pakai paling sedikit ${CHARACTERS} huruf atau ${WORDS} kata.` };
  if (score < ENOUGH)
    return { ok: false, says, repair: 'Terlalu mudah ditebak. Tambah beberapa kata yang tidak saling berhubungan.' };
  return { ok: true, says, repair: '' };
}

/** Six random words with spaces: the first of a receipt, which carry 11 bits each. */
export const generatePassphrase = (): string => makeReceipt().split(' ').slice(0, GENERATED).join(' ');
