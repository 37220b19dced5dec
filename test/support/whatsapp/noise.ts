/** The server's side of Noise_XX_25519_AESGCM_SHA256, with a certificate chain of our own. */
import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
  WA_CERT_DETAILS,
} from '@whiskeysockets/baileys';

const { HandshakeMessage, CertChain } = proto;
const { Details } = CertChain.NoiseCertificate;
const NOTHING = Buffer.alloc(0);

const rootKeys = Curve.generateKeyPair();

/** The key that a client has to trust. One for all servers of a process, because Baileys has one place for it. */
export const rootPublicKey: Buffer = Buffer.from(rootKeys.public);

/** Root signs intermediate, intermediate signs the server's static key. */
function certify(staticKey: Uint8Array): Uint8Array {
  const intermediateKeys = Curve.generateKeyPair();
  const intermediate = Details.encode({
    serial: 1,
    issuerSerial: WA_CERT_DETAILS.SERIAL,
    key: intermediateKeys.public,
  }).finish();
  const leaf = Details.encode({ serial: 2, issuerSerial: 1, key: staticKey }).finish();
  return CertChain.encode({
    intermediate: { details: intermediate, signature: Curve.sign(rootKeys.private, intermediate) },
    leaf: { details: leaf, signature: Curve.sign(intermediateKeys.private, leaf) },
  }).finish();
}

function nonce(counter: number): Uint8Array {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(counter, 8);
  return iv;
}

/** One direction of the encrypted stream. */
class Cipher {
  readonly #key: Uint8Array;
  #counter = 0;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  encrypt(plain: Uint8Array): Buffer {
    return aesEncryptGCM(plain, this.#key, nonce(this.#counter++), NOTHING);
  }

  decrypt(cipher: Uint8Array): Buffer {
    return aesDecryptGCM(cipher, this.#key, nonce(this.#counter++), NOTHING);
  }
}

/** What the client told in its last handshake message. */
export interface ClientHello {
  /** The client's static key: who it is. */
  readonly noiseKey: Buffer;
  readonly payload: proto.ClientPayload;
}

export class NoiseServer {
  readonly #static = Curve.generateKeyPair();
  readonly #ephemeral = Curve.generateKeyPair();
  #hash: Uint8Array = Buffer.from(NOISE_MODE);
  #salt: Uint8Array = this.#hash;
  #key: Uint8Array = this.#hash;
  #counter = 0;
  #incoming: Cipher | undefined;
  #outgoing: Cipher | undefined;

  /** Answers the client's first message. */
  greet(frame: Uint8Array): Uint8Array {
    const ephemeral = HandshakeMessage.decode(frame).clientHello?.ephemeral;
    if (!ephemeral) throw new Error('no client hello');
    this.#authenticate(NOISE_WA_HEADER);
    this.#authenticate(ephemeral);
    this.#authenticate(this.#ephemeral.public);
    this.#mix(Curve.sharedKey(this.#ephemeral.private, ephemeral));
    const encryptedStatic = this.#encrypt(this.#static.public);
    this.#mix(Curve.sharedKey(this.#static.private, ephemeral));
    const payload = this.#encrypt(certify(this.#static.public));
    return HandshakeMessage.encode({
      serverHello: { ephemeral: this.#ephemeral.public, static: encryptedStatic, payload },
    }).finish();
  }

  /** Reads the client's second message; the stream is encrypted from here on. */
  finish(frame: Uint8Array): ClientHello {
    const finish = HandshakeMessage.decode(frame).clientFinish;
    if (!finish?.static || !finish.payload) throw new Error('no client finish');
    const noiseKey = this.#decrypt(finish.static);
    this.#mix(Curve.sharedKey(this.#ephemeral.private, noiseKey));
    const payload = proto.ClientPayload.decode(this.#decrypt(finish.payload));
    const [incoming, outgoing] = this.#derive(NOTHING);
    this.#incoming = new Cipher(incoming);
    this.#outgoing = new Cipher(outgoing);
    return { noiseKey, payload };
  }

  encrypt(plain: Uint8Array): Buffer {
    if (!this.#outgoing) throw new Error('the handshake is not finished');
    return this.#outgoing.encrypt(plain);
  }

  decrypt(cipher: Uint8Array): Buffer {
    if (!this.#incoming) throw new Error('the handshake is not finished');
    return this.#incoming.decrypt(cipher);
  }

  #authenticate(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]));
  }

  #derive(data: Uint8Array): [Uint8Array, Uint8Array] {
    const keys = hkdf(data, 64, { salt: this.#salt, info: '' });
    return [keys.slice(0, 32), keys.slice(32)];
  }

  #mix(secret: Uint8Array): void {
    [this.#salt, this.#key] = this.#derive(secret);
    this.#counter = 0;
  }

  #encrypt(plain: Uint8Array): Buffer {
    const cipher = aesEncryptGCM(plain, this.#key, nonce(this.#counter++), this.#hash);
    this.#authenticate(cipher);
    return cipher;
  }

  #decrypt(cipher: Uint8Array): Buffer {
    const plain = aesDecryptGCM(cipher, this.#key, nonce(this.#counter++), this.#hash);
    this.#authenticate(cipher);
    return plain;
  }
}
