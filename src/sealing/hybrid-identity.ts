/**
 * A private key that is to open much. Gives the same as the age library with the key as text, and refuses the same; but that makes the keys
 * of their seed again for everything it opens, in JavaScript.
 */

import { base64nopad, bech32 } from '@scure/base';
import type { Identity as AgeIdentity, Stanza } from 'age-encryption';
import { openFileKey } from './hpke.ts';
import { type Identity, SealError } from './keys.ts';
import { CIPHERTEXT, SEED, XWingKey } from './x-wing.ts';

const STANZA = 'mlkem768x25519';
/** A file key of 16 bytes and its tag. */
const BODY = 32;

export class HybridIdentity implements AgeIdentity {
  readonly #key: XWingKey;

  private constructor(key: XWingKey) {
    this.#key = key;
  }

  /** Throws {@link SealError} where the text is no post-quantum identity. */
  static async of(identity: Identity): Promise<HybridIdentity> {
    return new HybridIdentity(await XWingKey.of(seedOf(identity)));
  }

  /** Asked with all stanzas of a header, as the age library does. Null where none is for this key; throws {@link SealError}. */
  async unwrapFileKey(stanzas: readonly Stanza[]): Promise<Uint8Array | null> {
    for (const { args, body } of stanzas) {
      if (args[0] !== STANZA) continue;
      const share = args.length === 2 ? decode(args[1]) : undefined;
      if (share?.length !== CIPHERTEXT || body.length !== BODY) throw new SealError('not a stanza of age');
      const fileKey = openFileKey(await this.#key.decapsulate(share), body);
      if (fileKey !== undefined) return fileKey;
    }
    return null;
  }
}

/** Nothing of the text is in the error. */
function seedOf(identity: Identity): Uint8Array {
  const found = bech32.decodeUnsafe(identity, false);
  const seed = found === undefined ? undefined : bech32.fromWordsUnsafe(found.words);
  if (!identity.startsWith('AGE-SECRET-KEY-PQ-1') || found?.prefix !== 'age-secret-key-pq-' || seed?.length !== SEED)
    throw new SealError('not a post-quantum age identity');
  return Uint8Array.from(seed);
}

function decode(text = ''): Uint8Array | undefined {
  try {
    return base64nopad.decode(text);
  } catch {
    return undefined;
  }
}
