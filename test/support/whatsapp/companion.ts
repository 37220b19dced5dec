/** The bot as the server knows it: a linked device of the owner's account, with its public keys. */
import { type BinaryNode, generateSignalPubKey, MIN_PREKEY_COUNT } from '@whiskeysockets/baileys';
import type { Session } from './signal-device.ts';
import { child, children, lidJid, needBytes, phoneJid, stanza } from './stanza.ts';

interface PublicPreKey {
  readonly id: Uint8Array;
  readonly value: Uint8Array;
}

export interface CompanionKeys {
  readonly noiseKey: Buffer;
  readonly identity: Uint8Array;
  readonly registration: Uint8Array;
  readonly signedPreKey: PublicPreKey & { readonly signature: Uint8Array };
}

const number = (id: Uint8Array): number => Buffer.from(id).readUIntBE(0, id.length);

export class Companion {
  /** Its device number at the owner's account. */
  readonly device: number;
  readonly lid: string;
  readonly phone: string;
  readonly noiseKey: Buffer;
  /** The owner's phone has sent its first history. */
  greeted = false;
  uploaded = 0;
  #registration: Uint8Array;
  readonly #identity: Uint8Array;
  #signed: CompanionKeys['signedPreKey'];
  readonly #preKeys: PublicPreKey[] = [];
  readonly #onLow: (left: number) => void;

  /** @param onLow called when few prekeys are left */
  constructor(
    device: number,
    owner: { readonly lid: string; readonly phone: string },
    keys: CompanionKeys,
    onLow: (left: number) => void,
  ) {
    this.device = device;
    this.lid = lidJid(owner.lid, device);
    this.phone = phoneJid(owner.phone, device);
    this.noiseKey = keys.noiseKey;
    this.#identity = keys.identity;
    this.#registration = keys.registration;
    this.#signed = keys.signedPreKey;
    this.#onLow = onLow;
  }

  get preKeysLeft(): number {
    return this.#preKeys.length;
  }

  /** `<iq xmlns="encrypt" type="set">` with a list of prekeys. */
  upload(iq: BinaryNode): void {
    this.#registration = needBytes(iq, 'registration');
    for (const key of children(child(iq, 'list'), 'key')) {
      this.#preKeys.push({ id: needBytes(key, 'id'), value: needBytes(key, 'value') });
      this.uploaded += 1;
    }
    if (child(iq, 'skey')) this.rotate(iq);
  }

  rotate(parent: BinaryNode | undefined): void {
    const key = child(parent, 'skey');
    this.#signed = { id: needBytes(key, 'id'), value: needBytes(key, 'value'), signature: needBytes(key, 'signature') };
  }

  /** What somebody needs to begin a session with the bot; takes one prekey if there is one. */
  takeBundle(): Session {
    const preKey = this.#takePreKey();
    return {
      registrationId: number(this.#registration),
      identityKey: generateSignalPubKey(this.#identity),
      signedPreKey: {
        keyId: number(this.#signed.id),
        publicKey: generateSignalPubKey(this.#signed.value),
        signature: this.#signed.signature,
      },
      ...(preKey && { preKey: { keyId: number(preKey.id), publicKey: generateSignalPubKey(preKey.value) } }),
    };
  }

  /** The same as stanzas, for clients that ask for it. */
  bundleNodes(): BinaryNode[] {
    const preKey = this.#takePreKey();
    return bundleNodes(this.#registration, this.#identity, this.#signed, preKey);
  }

  #takePreKey(): PublicPreKey | undefined {
    const preKey = this.#preKeys.shift();
    if (preKey && this.#preKeys.length < MIN_PREKEY_COUNT) this.#onLow(this.#preKeys.length);
    return preKey;
  }

  /** The answer to `<digest>`: what the server holds. */
  digest(): BinaryNode {
    return stanza('digest', {}, [
      ...bundleNodes(this.#registration, this.#identity, this.#signed),
      stanza(
        'list',
        {},
        this.#preKeys.map(({ id }) => stanza('id', {}, id)),
      ),
    ]);
  }
}

export function bundleNodes(
  registration: Uint8Array,
  identity: Uint8Array,
  signed: CompanionKeys['signedPreKey'],
  preKey?: PublicPreKey,
): BinaryNode[] {
  const value = (key: PublicPreKey) => [stanza('id', {}, key.id), stanza('value', {}, key.value)];
  return [
    stanza('registration', {}, registration),
    stanza('type', {}, Buffer.from([5])),
    stanza('identity', {}, identity),
    stanza('skey', {}, [...value(signed), stanza('signature', {}, signed.signature)]),
    ...(preKey ? [stanza('key', {}, value(preKey))] : []),
  ];
}

/** What a device tells about itself when it registers. */
export function registeredKeys(
  noiseKey: Buffer,
  data: { readonly [name in 'eRegid' | 'eIdent' | 'eSkeyId' | 'eSkeyVal' | 'eSkeySig']?: Uint8Array | null },
): CompanionKeys {
  const need = (value: Uint8Array | null | undefined): Uint8Array => {
    if (!value) throw new Error('the registration lacks a key');
    return value;
  };
  return {
    noiseKey,
    identity: need(data.eIdent),
    registration: need(data.eRegid),
    signedPreKey: { id: need(data.eSkeyId), value: need(data.eSkeyVal), signature: need(data.eSkeySig) },
  };
}
