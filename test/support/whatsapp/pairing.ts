/** Linking the bot to the owner's account: by QR code, by pairing code, or (for tests that begin later) at once. */
import { randomBytes } from 'node:crypto';
import {
  type AuthenticationCreds,
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  type BinaryNode,
  Curve,
  derivePairingCodeKey,
  encodeBigEndian,
  hkdf,
  hmacSign,
  initAuthCreds,
  type KeyPair,
  proto,
  WA_ADV_ACCOUNT_SIG_PREFIX,
  WA_ADV_DEVICE_SIG_PREFIX,
} from '@whiskeysockets/baileys';
import { type CompanionKeys, registeredKeys } from './companion.ts';
import type { Connection } from './connection.ts';
import { bytes, child, needBytes, SERVER, seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

/** A connection that wants to be linked. */
interface Candidate {
  readonly connection: Connection;
  readonly keys: CompanionKeys;
  readonly refs: readonly string[];
  /** It has asked to be linked by code. */
  hello?: { readonly phone: string; readonly wrappedEphemeral: Buffer };
  /** What it sent after the owner had typed a code. */
  finish?: BinaryNode;
  /** `pair-success` is on its way. */
  linking?: { readonly id: string; readonly details: Uint8Array };
}

const result = (node: BinaryNode, content?: readonly BinaryNode[]): BinaryNode =>
  stanza('iq', { from: SERVER, type: 'result', id: node.attrs.id }, content);

export class Pairing {
  readonly #world: World;
  readonly #identity: KeyPair;
  readonly #qrCodes: number;
  #candidates: Candidate[] = [];

  /** @param identity the identity key of the owner's phone */
  constructor(world: World, identity: KeyPair, qrCodes: number) {
    this.#world = world;
    this.#identity = identity;
    this.#qrCodes = qrCodes;
  }

  get waiting(): boolean {
    return this.#candidates.some(({ linking }) => linking === undefined);
  }

  /** A bot without an account has connected. */
  begin(connection: Connection, noiseKey: Buffer, data: proto.ClientPayload.IDevicePairingRegistrationData): void {
    const refs = Array.from({ length: this.#qrCodes }, () => `2@${randomBytes(48).toString('base64')}`);
    this.#candidates.push({ connection, keys: registeredKeys(noiseKey, data), refs });
    const offers = refs.map((ref) => stanza('ref', {}, Buffer.from(ref)));
    const attrs = { from: SERVER, type: 'set', id: this.#world.freshStanzaId(), xmlns: 'md' };
    connection.send(stanza('iq', attrs, [stanza('pair-device', {}, offers)]));
    this.#world.changes.changed();
  }

  end(connection: Connection): void {
    this.#candidates = this.#candidates.filter((candidate) => candidate.connection !== connection);
  }

  /** A QR code holds the reference, the bot's public keys, and the secret that shows that it was seen on the bot's screen. */
  async scan(qr: string): Promise<void> {
    const [ref, noiseKey, identity, secret] = (qr.split('#')[1] ?? qr).split(',');
    const candidate = this.#candidates.find(({ refs }) => refs.includes(ref ?? ''));
    if (!candidate) throw new Error('no bot waits with this QR code');
    const { keys } = candidate;
    if (noiseKey !== keys.noiseKey.toString('base64') || identity !== Buffer.from(keys.identity).toString('base64')) {
      throw new Error('the keys in the QR code are not those of the bot');
    }
    await this.#link(candidate, Buffer.from(secret ?? '', 'base64'));
  }

  /** The owner types a code; the bot's answer shows whether it was right. */
  async enterCode(phone: string, code: string, timeout?: number): Promise<void> {
    const { changes } = this.#world;
    const explain = () => 'no bot has asked for a pairing code';
    const candidate = await changes.until(() => this.#candidates.find(({ hello }) => hello), timeout, explain);
    const { phone: wanted, wrappedEphemeral } = candidate.hello!;
    if (wanted !== phone || phone !== this.#world.owner.phoneUser) throw new Error('the code is for another number');
    const ephemeral = Curve.generateKeyPair();
    const theirs = aesDecryptCTR(
      wrappedEphemeral.subarray(48, 80),
      await derivePairingCodeKey(code, wrappedEphemeral.subarray(0, 32)),
      wrappedEphemeral.subarray(32, 48),
    );
    const salt = randomBytes(32);
    const iv = randomBytes(16);
    const wrapped = aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(code, salt), iv);
    delete candidate.finish;
    const hello = stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
      stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, Buffer.concat([salt, iv, wrapped])),
      stanza('primary_identity_pub', {}, this.#identity.public),
      stanza('link_code_pairing_ref', {}, Buffer.from(randomBytes(16).toString('hex'))),
    ]);
    candidate.connection.send(this.#world.notification('link_code_companion_reg', {}, [hello]));
    const finish = await changes.until(
      () => candidate.finish,
      timeout,
      () => 'the bot did not finish the pairing',
    );
    await this.#link(candidate, this.#unwrap(finish, Curve.sharedKey(ephemeral.private, theirs)));
  }

  /** Stanzas of a bot that is not linked yet. Returns whether it was one of them. */
  handle(connection: Connection, node: BinaryNode): boolean {
    const candidate = this.#candidates.find((each) => each.connection === connection);
    if (!candidate || node.tag !== 'iq') return false;
    if (candidate.linking && node.attrs.id === candidate.linking.id) this.#complete(candidate, node);
    const request = child(node, 'link_code_companion_reg');
    if (request?.attrs.stage === 'companion_hello') {
      const phone = request.attrs.jid!.split('@')[0]!;
      candidate.hello = {
        phone,
        wrappedEphemeral: needBytes(request, 'link_code_pairing_wrapped_companion_ephemeral_pub'),
      };
      const ref = stanza('link_code_pairing_ref', {}, randomBytes(16));
      connection.send(result(node, [stanza('link_code_companion_reg', { stage: 'companion_hello' }, [ref])]));
    } else if (request?.attrs.stage === 'companion_finish') {
      candidate.finish = request;
      connection.send(result(node));
    }
    this.#world.changes.changed();
    return true;
  }

  /** Credentials as after a finished pairing. */
  ready(): AuthenticationCreds {
    const creds = initAuthCreds();
    const { signedIdentityKey, signedPreKey, noiseKey, registrationId } = creds;
    const companion = this.#world.link({
      noiseKey: Buffer.from(noiseKey.public),
      identity: signedIdentityKey.public,
      registration: encodeBigEndian(registrationId),
      signedPreKey: {
        id: encodeBigEndian(signedPreKey.keyId, 3),
        value: signedPreKey.keyPair.public,
        signature: signedPreKey.signature,
      },
    });
    const { account } = this.#sign(signedIdentityKey.public);
    const signed = Buffer.concat([
      WA_ADV_DEVICE_SIG_PREFIX,
      account.details!,
      signedIdentityKey.public,
      account.accountSignatureKey!,
    ]);
    const deviceSignature = Curve.sign(signedIdentityKey.private, signed);
    const me = { id: companion.phone, lid: companion.lid };
    // a counter of 0 would make Baileys hold events back until a history comes
    return { ...creds, account: { ...account, deviceSignature }, me, accountSyncCounter: 1 };
  }

  #unwrap(finish: BinaryNode, shared: Uint8Array): Buffer {
    const bundle = needBytes(finish, 'link_code_pairing_wrapped_key_bundle');
    const key = hkdf(shared, 32, {
      salt: bundle.subarray(0, 32),
      info: 'link_code_pairing_key_bundle_encryption_key',
    });
    let opened: Buffer;
    try {
      opened = aesDecryptGCM(bundle.subarray(44), key, bundle.subarray(32, 44), Buffer.alloc(0));
    } catch {
      throw new Error('the pairing code is wrong');
    }
    const identity = opened.subarray(0, 32);
    if (!identity.equals(needBytes(finish, 'companion_identity_public'))) throw new Error('the identity keys differ');
    const common = Curve.sharedKey(this.#identity.private, identity);
    return Buffer.from(hkdf(Buffer.concat([shared, common, opened.subarray(64)]), 32, { info: 'adv_secret' }));
  }

  /** The owner's phone signs the bot's identity. */
  #sign(identity: Uint8Array): { account: proto.IADVSignedDeviceIdentity; details: Uint8Array } {
    const details = proto.ADVDeviceIdentity.encode({ rawId: 1, timestamp: seconds(), keyIndex: 1 }).finish();
    const signed = Buffer.concat([WA_ADV_ACCOUNT_SIG_PREFIX, details, identity]);
    const accountSignature = Curve.sign(this.#identity.private, signed);
    return { account: { details, accountSignatureKey: this.#identity.public, accountSignature }, details };
  }

  async #link(candidate: Candidate, secret: Buffer): Promise<void> {
    const { account, details } = this.#sign(candidate.keys.identity);
    const signed = proto.ADVSignedDeviceIdentity.encode(account).finish();
    const sealed = proto.ADVSignedDeviceIdentityHMAC.encode({
      details: signed,
      hmac: hmacSign(signed, secret),
    }).finish();
    const companion = this.#world.link(candidate.keys);
    const id = this.#world.freshStanzaId();
    candidate.linking = { id, details };
    candidate.connection.send(
      stanza('iq', { from: SERVER, type: 'result', id, t: seconds() }, [
        stanza('pair-success', {}, [
          stanza('device-identity', {}, sealed),
          stanza('device', { jid: companion.phone, lid: companion.lid }),
          stanza('platform', { name: 'android' }),
        ]),
      ]),
    );
    const done = () => (this.#candidates.includes(candidate) ? undefined : true);
    await this.#world.changes.until(done, undefined, () => 'the bot did not confirm the pairing');
    if (this.#world.companion !== companion) throw new Error('the bot refused the pairing');
  }

  /** The bot has signed its identity: it is linked, and has to connect again. */
  #complete(candidate: Candidate, reply: BinaryNode): void {
    const answer = bytes(child(reply, 'pair-device-sign'), 'device-identity');
    const signature = answer && proto.ADVSignedDeviceIdentity.decode(answer).deviceSignature;
    const { identity } = candidate.keys;
    const signed = [WA_ADV_DEVICE_SIG_PREFIX, candidate.linking!.details, identity, this.#identity.public];
    if (!signature || !Curve.verify(identity, Buffer.concat(signed), signature)) this.#world.unlink();
    this.end(candidate.connection);
    candidate.connection.send(stanza('stream:error', { code: 515 }));
    candidate.connection.end();
  }
}
