/** A short name for a set of public keys, to be read aloud or compared on paper. */
import type { RecipientText } from './seal.ts';

/** Twenty hexadecimal digits (80 bits of SHA-256) in groups of four; the order of the recipients does not matter. */
export async function fingerprint(recipients: readonly RecipientText[]): Promise<string> {
  const text = [...new Set(recipients)].sort().join('\n');
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const digits = [...hash.subarray(0, 10)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return (digits.match(/.{4}/g) ?? []).join(' ');
}
