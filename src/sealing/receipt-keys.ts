/** What is made of a receipt: an id to ask by, and the reporter's own key pair. */
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bech32 } from '@scure/base';
import { base64url } from './id.ts';
import type { Identity, RecipientText } from './keys.ts';
import { DOMAIN, entropyOf, type Receipt } from './receipt-words.ts';

export interface ReceiptKeys {
  /** 32 bytes, base64url. Whoever has it may ask for the case's sealed answers. */
  readonly lookup: string;
  /** SHA-256 of the lookup id, base64url: what is stored. */
  readonly lookupHash: string;
  readonly identity: Identity;
  readonly recipient: RecipientText;
}

/** The age library's own, in JavaScript: some 5 ms. Loaded when it is used: the server never does. */
async function byLibrary(identity: Identity): Promise<RecipientText> {
  const { identityToRecipient } = await import('age-encryption');
  return (await identityToRecipient(identity)) as RecipientText;
}

const utf8 = new TextEncoder();

/** @param recipientOf a faster way to the public half; the server has one on Node's own ML-KEM */
export async function receiptKeys(
  receipt: Receipt,
  recipientOf: (identity: Identity) => RecipientText | Promise<RecipientText> = byLibrary,
): Promise<ReceiptKeys> {
  const entropy = entropyOf(receipt);
  const derive = (use: string) => hkdf(sha256, entropy, utf8.encode(DOMAIN), utf8.encode(use), 32);
  const lookup = base64url(derive('lookup'));
  const lookupHash = base64url(sha256(utf8.encode(lookup)));
  const identity = bech32.encodeFromBytes('AGE-SECRET-KEY-PQ-', derive('identity')).toUpperCase() as Identity;
  return { lookup, lookupHash, identity, recipient: await recipientOf(identity) };
}
