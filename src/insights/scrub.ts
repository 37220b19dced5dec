/** What of a question may be kept for the curators. It never had a chat or an author; here goes what people write of them. */
import { holdsReceipt } from '../sealing/receipt.ts';
import { isWord } from '../sealing/receipt-words.ts';

/** Longest question that is kept, in UTF-16 units: above it it is a story, and stories have people in them. */
export const LONGEST = 300;

/** Characters that are invisible or steer the direction of writing. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+\/\S*/giu;
const MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const MENTION = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]+/gu;
/** Six digits or more, also where dots, dashes or spaces stand between them: telephone numbers, NIP, NIK. */
const NUMBER = /\+?\d(?:[ .\-()/]{0,2}\d){5,}/g;

/** The question without addresses, names of accounts and long numbers; undefined where it is not to be kept at all. */
export function scrub(written: string): string | undefined {
  const text = written.replace(/\s+/g, ' ').normalize('NFKC').replace(INVISIBLE, '').trim();
  if (text === '' || text.length > LONGEST || holdsReceipt(text) || hasWordsOfReceipt(text)) return undefined;
  return text.replace(NUMBER, '#').replace(ADDRESS, 'tautan').replace(MAIL, '@').replace(MENTION, '@');
}

/** Words of a receipt on end from which a text may be a mistyped one, or half of one: of 30,468 questions 118 have as many. */
const RUN = 4;

function hasWordsOfReceipt(text: string): boolean {
  let run = 0;
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    run = isWord(word) ? run + 1 : 0;
    if (run >= RUN) return true;
  }
  return false;
}
