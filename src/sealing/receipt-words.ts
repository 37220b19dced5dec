/** Between numbers and the words of a receipt: nine words are 99 random bits, the tenth is their checksum. */
import { sha256 } from '@noble/hashes/sha2.js';
import { WORDS } from './words.ts';

/** Ten lower-case words with single spaces. */
export type Receipt = string & { readonly __brand: 'Receipt' };

/** Names the format in every hash. */
export const DOMAIN = 'tanya-netral/receipt/1';
/** Words of a receipt, the checksum with them. */
export const LENGTH = 10;
/** Bits of a word. */
const BITS = 11;

const utf8 = new TextEncoder();
const numbers: ReadonlyMap<string, number> = new Map(WORDS.map((word, number) => [word, number]));

export const isWord = (text: string): boolean => numbers.has(text);

/** The receipt of nine numbers below 2,048. */
export const receiptOf = (nine: readonly number[]): Receipt =>
  [...nine, checksum(nine)].map((number) => WORDS[number]).join(' ') as Receipt;

/** The receipt, where these are ten words of the list that belong together. */
export function asReceipt(words: readonly string[]): Receipt | undefined {
  const found = words.map((word) => numbers.get(word));
  if (words.length !== LENGTH || found.includes(undefined)) return undefined;
  const all = found as number[];
  return checksum(all.slice(0, -1)) === all.at(-1) ? (words.join(' ') as Receipt) : undefined;
}

/** The random bits of a receipt: the first word in the highest bits of 13 bytes, the last five bits zero. Throws where it is none. */
export function entropyOf(receipt: Receipt): Uint8Array {
  const words = receipt.split(' ');
  if (asReceipt(words) === undefined) throw new TypeError('this is no receipt');
  return pack(words.slice(0, -1).map((word) => numbers.get(word) as number));
}

/** First 11 bits of SHA-256 over the domain and the bits. */
function checksum(nine: readonly number[]): number {
  const hash = sha256(new Uint8Array([...utf8.encode(DOMAIN), ...pack(nine)]));
  return new DataView(hash.buffer, hash.byteOffset).getUint16(0) >> (16 - BITS);
}

function pack(nine: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(13);
  nine.forEach((number, place) => {
    for (let bit = 0; bit < BITS; bit++) {
      const at = place * BITS + bit;
      if ((number >> (BITS - 1 - bit)) & 1) bytes[at >> 3] = (bytes[at >> 3] as number) | (0x80 >> (at & 7));
    }
  });
  return bytes;
}
