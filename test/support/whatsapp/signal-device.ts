/** One device of a fake person: its own Signal keys and sessions, through the same library that Baileys uses. */
import {
  type AuthenticationCreds,
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  initAuthCreds,
  type KeyPair,
  proto,
  type SignalDataTypeMap,
  type SignalKeyStore,
  type SignalRepositoryWithLIDStore,
  signedKeyPair,
  unpadRandomMax16,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { bundleNodes, type Companion } from './companion.ts';
import { stanza } from './stanza.ts';

export type Session = Parameters<SignalRepositoryWithLIDStore['injectE2ESession']>[0]['session'];
export type Encryption = 'pkmsg' | 'msg' | 'skmsg';

export interface Sealed {
  readonly type: Encryption;
  readonly ciphertext: Uint8Array;
}

const silent = pino({ level: 'silent' });

/** A key store in memory, as Baileys wants it. */
function memoryStore(): SignalKeyStore {
  const tables = new Map<string, Map<string, unknown>>();
  const table = (type: string) => tables.get(type) ?? tables.set(type, new Map()).get(type)!;
  return {
    get: async (type, ids) => {
      const found = ids.flatMap((id) => (table(type).has(id) ? [[id, table(type).get(id)]] : []));
      return Object.fromEntries(found) as { [id: string]: SignalDataTypeMap[typeof type] };
    },
    set: async (data) => {
      for (const [type, entries] of Object.entries(data)) {
        for (const [id, value] of Object.entries(entries ?? {})) {
          if (value === null || value === undefined) table(type).delete(id);
          else table(type).set(id, value);
        }
      }
    },
  };
}

export class SignalDevice {
  /** 0 is the phone. */
  readonly number: number;
  readonly #creds: AuthenticationCreds;
  readonly #keys = addTransactionCapability(memoryStore(), silent, DEFAULT_CONNECTION_CONFIG.transactionOpts);
  readonly #repository: SignalRepositoryWithLIDStore;
  /** Whom this device has told its sender keys. */
  readonly #told = new Set<string>();
  #line: Promise<unknown> = Promise.resolve();

  constructor(number: number, identity?: KeyPair) {
    this.number = number;
    const creds = initAuthCreds();
    this.#creds = identity
      ? { ...creds, signedIdentityKey: identity, signedPreKey: signedKeyPair(identity, 1) }
      : creds;
    this.#repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds: this.#creds, keys: this.#keys }, silent);
  }

  get registration(): Uint8Array {
    return encodeBigEndian(this.#creds.registrationId);
  }

  /** Its public keys with a fresh prekey, as stanzas. */
  async bundle(): Promise<BinaryNode[]> {
    const id = this.#creds.nextPreKeyId++;
    const pair = Curve.generateKeyPair();
    await this.#keys.set({ 'pre-key': { [id]: pair } });
    const { keyId, keyPair, signature } = this.#creds.signedPreKey;
    return bundleNodes(
      this.registration,
      this.#creds.signedIdentityKey.public,
      { id: encodeBigEndian(keyId, 3), value: keyPair.public, signature },
      { id: encodeBigEndian(id, 3), value: pair.public },
    );
  }

  /** The same in the shape of a retry receipt: registration apart, the rest under `<keys>`. */
  async retryKeys(): Promise<BinaryNode[]> {
    const [registration, ...keys] = await this.bundle();
    return [registration!, stanza('keys', {}, keys)];
  }

  /** Encrypts for the bot; begins a session if there is none. */
  encrypt(bot: Companion, message: proto.IMessage): Promise<Sealed> {
    return this.#inLine(() => this.#encrypt(bot, message));
  }

  /** Encrypts with the sender key of a group, and gives the bot that key first if it has not got it. */
  encryptForGroup(bot: Companion, group: string, author: string, message: proto.IMessage): Promise<Sealed[]> {
    return this.#inLine(async () => {
      const { ciphertext, senderKeyDistributionMessage } = await this.#repository.encryptGroupMessage({
        group,
        meId: author,
        data: encodeWAMessage(message),
      });
      const sealed: Sealed = { type: 'skmsg', ciphertext };
      const listener = `${bot.lid} ${group} ${author}`;
      if (this.#told.has(listener)) return [sealed];
      this.#told.add(listener);
      return [await this.#encrypt(bot, distribution(group, senderKeyDistributionMessage)), sealed];
    });
  }

  /** A group message for the bot alone, with the sender key: the answer to a retry request. */
  encryptAgainForGroup(bot: Companion, group: string, author: string, message: proto.IMessage): Promise<Sealed> {
    return this.#inLine(async () => {
      const key = await this.#repository.getSenderKeyDistributionMessage({ group, meId: author });
      return this.#encrypt(bot, { ...message, ...distribution(group, key) });
    });
  }

  /** Decrypts what the bot has sent; throws if it can't. */
  decrypt(bot: Companion, { type, ciphertext }: Sealed, group?: string): Promise<proto.Message> {
    return this.#inLine(async () => {
      const padded =
        type === 'skmsg'
          ? await this.#repository.decryptGroupMessage({ group: group!, authorJid: bot.lid, msg: ciphertext })
          : await this.#repository.decryptMessage({ jid: bot.lid, type, ciphertext });
      const message = proto.Message.decode(unpadRandomMax16(padded));
      const item = message.senderKeyDistributionMessage;
      if (item) await this.#repository.processSenderKeyDistributionMessage({ authorJid: bot.lid, item });
      return message;
    });
  }

  /** Begins anew with the bot, with keys that it sent or that the server has. */
  renew(bot: Companion, session: Session = bot.takeBundle()): Promise<void> {
    return this.#inLine(async () => {
      await this.#repository.deleteSession([bot.lid]);
      await this.#repository.injectE2ESession({ jid: bot.lid, session });
      this.#told.clear();
    });
  }

  close(): void {
    this.#repository.close?.();
  }

  async #encrypt(bot: Companion, message: proto.IMessage): Promise<Sealed> {
    const { exists } = await this.#repository.validateSession(bot.lid);
    if (!exists) await this.#repository.injectE2ESession({ jid: bot.lid, session: bot.takeBundle() });
    return this.#repository.encryptMessage({ jid: bot.lid, data: encodeWAMessage(message) });
  }

  /** One after the other: the ratchet has one order. */
  #inLine<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#line.then(work);
    this.#line = result.catch(() => undefined);
    return result;
  }
}

const distribution = (groupId: string, key: Uint8Array): proto.IMessage => ({
  senderKeyDistributionMessage: { groupId, axolotlSenderKeyDistributionMessage: key },
});
