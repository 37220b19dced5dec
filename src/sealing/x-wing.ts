/**
 * The receiving half of X-Wing (MLKEM768-X25519, draft-connolly-cfrg-xwing-kem section 5), which age's hybrid keys use. The private
 * keys are made of their seed once, not anew for everything that is opened, and the browser's own cryptography computes with them where it
 * has it; elsewhere it is the same JavaScript that the age library uses.
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { sha3_256, shake256 } from '@noble/hashes/sha3.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';

type Bytes = Uint8Array<ArrayBuffer>;
/** What a private key makes of what came from the other side. */
type Secret = (received: Bytes) => Promise<Uint8Array>;

export const SEED = 32;
const ML_KEM_SEED = 64;
const ML_KEM_CIPHERTEXT = 1088;
const X25519_KEY = 32;
export const CIPHERTEXT = ML_KEM_CIPHERTEXT + X25519_KEY;
const LABEL = new TextEncoder().encode('\\.//^\\');

export class XWingKey {
  readonly #mlKem: Secret;
  readonly #x25519: Secret;
  readonly #x25519Public: Uint8Array;

  private constructor(mlKem: Secret, agree: Secret, x25519Public: Uint8Array) {
    this.#mlKem = mlKem;
    this.#x25519 = agree;
    this.#x25519Public = x25519Public;
  }

  /** @param seed 32 bytes */
  static async of(seed: Uint8Array): Promise<XWingKey> {
    const expanded = Uint8Array.from(shake256(seed, { dkLen: ML_KEM_SEED + X25519_KEY }));
    const [mlKem, agree] = await Promise.all([
      mlKemSecret(expanded.slice(0, ML_KEM_SEED)),
      x25519Secret(expanded.slice(ML_KEM_SEED)),
    ]);
    return new XWingKey(mlKem, agree, await agree(BASE_POINT));
  }

  /**
   * The shared secret. As ML-KEM has it, a ciphertext for somebody else gives another secret, not an error.
   * @param ciphertext {@link CIPHERTEXT} bytes. Throws where its X25519 half is one of the few points with which every key agrees on zero.
   */
  async decapsulate(ciphertext: Uint8Array): Promise<Uint8Array> {
    if (ciphertext.length !== CIPHERTEXT) throw new RangeError('not a ciphertext of X-Wing');
    const ephemeral = ciphertext.slice(ML_KEM_CIPHERTEXT);
    const [shared, agreed] = await Promise.all([
      this.#mlKem(ciphertext.slice(0, ML_KEM_CIPHERTEXT)),
      this.#x25519(ephemeral),
    ]);
    return sha3_256(concatBytes(shared, agreed, ephemeral, this.#x25519Public, LABEL));
  }
}

const ML_KEM = 'ML-KEM-768';

/** Of Modern Algorithms in the Web Cryptography API (WICG), which TypeScript does not know yet. */
interface WithMlKem {
  importKey(format: 'raw-seed', seed: Bytes, algorithm: string, extractable: false, usages: string[]): Promise<object>;
  decapsulateBits(algorithm: string, key: object, ciphertext: Bytes): Promise<ArrayBuffer>;
}

async function mlKemSecret(seed: Bytes): Promise<Secret> {
  const subtle = crypto.subtle as unknown as WithMlKem;
  const key = await orUndefined(() => subtle.importKey('raw-seed', seed, ML_KEM, false, ['decapsulateBits']));
  if (key !== undefined) return async (received) => new Uint8Array(await subtle.decapsulateBits(ML_KEM, key, received));
  const { secretKey } = ml_kem768.keygen(seed);
  return async (received) => ml_kem768.decapsulate(received, secretKey);
}

/** The point that makes a public key of a private one. */
const BASE_POINT = Uint8Array.from({ length: X25519_KEY }, (_, i) => (i === 0 ? 9 : 0));
/** What stands before 32 bytes of private key in PKCS #8 (RFC 8410), the one form in which browsers take it. */
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

async function x25519Secret(bytes: Bytes): Promise<Secret> {
  const { subtle } = crypto;
  const pkcs8 = Uint8Array.from([...PKCS8, ...bytes]);
  const key = await orUndefined(() => subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']));
  if (key === undefined) return async (received) => x25519.getSharedSecret(bytes, received);
  return async (received) => {
    const peer = await subtle.importKey('raw', received, 'X25519', false, []);
    return notZero(new Uint8Array(await subtle.deriveBits({ name: 'X25519', public: peer }, key, 256)));
  };
}

/** RFC 7748 section 6.1. The first browsers with X25519 did not check it themselves. */
function notZero(agreed: Uint8Array): Uint8Array {
  if (agreed.every((byte) => byte === 0)) throw new RangeError('a point of low order');
  return agreed;
}

/** Undefined where this browser does not know the algorithm. */
async function orUndefined<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}
