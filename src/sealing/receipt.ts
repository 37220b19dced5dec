/**
 * The receipt: ten Indonesian words that a reporter keeps. Nine carry 99 random bits, the tenth is a checksum. From them come, by
 * HKDF-SHA256, a lookup id and the reporter's own key pair; the server keeps neither.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { LENGTH, type Receipt, receiptOf } from './receipt-words.ts';
import { WORDS } from './words.ts';

export { holdsReceipt, looksLikeReceipt, type ReadReceipt, type Repair, readReceipt } from './read-receipt.ts';
export { type ReceiptKeys, receiptKeys } from './receipt-keys.ts';
export type { Receipt } from './receipt-words.ts';

/** A new receipt: 99 random bits. */
export function makeReceipt(): Receipt {
  // 65,536 is a multiple of 2,048: every word is as likely
  const random = crypto.getRandomValues(new Uint16Array(LENGTH - 1));
  return receiptOf(Array.from(random, (number) => number % WORDS.length));
}

/**
 * Two words with a hyphen by which officers call a case, from its id. There are four million: among a thousand cases
 * two share one by a chance of one in nine.
 */
export function nickname(caseId: string): string {
  const hash = sha256(new TextEncoder().encode(`tanya-netral/nickname/1/${caseId}`));
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return `${WORDS[number >>> 21]}-${WORDS[(number >>> 10) & 0x7ff]}`;
}
