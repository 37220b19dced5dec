/** An unmodified Baileys with its credentials in memory: what the fake server is tried with. */
import {
  type AuthenticationCreds,
  type AuthenticationState,
  type BaileysEventMap,
  BufferJSON,
  initAuthCreds,
  makeWASocket,
  type SignalDataTypeMap,
  type UserFacingSocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { Changes } from './changes.ts';

/** Everything that must survive a restart, serialised as in a database. */
export class MemoryAuth {
  #creds: string;
  readonly #keys = new Map<string, string>();

  constructor(creds: AuthenticationCreds = initAuthCreds()) {
    this.#creds = JSON.stringify(creds, BufferJSON.replacer);
  }

  save(creds: AuthenticationCreds): void {
    this.#creds = JSON.stringify(creds, BufferJSON.replacer);
  }

  /** As after a start of the process. */
  load(): AuthenticationState {
    const keys = this.#keys;
    return {
      creds: JSON.parse(this.#creds, BufferJSON.reviver) as AuthenticationCreds,
      keys: {
        get: async (type, ids) => {
          const found = ids.flatMap((id) => {
            const text = keys.get(`${type}/${id}`);
            return text === undefined ? [] : [[id, JSON.parse(text, BufferJSON.reviver)]];
          });
          return Object.fromEntries(found) as { [id: string]: SignalDataTypeMap[typeof type] };
        },
        set: async (data) => {
          for (const [type, entries] of Object.entries(data)) {
            for (const [id, value] of Object.entries(entries ?? {})) {
              if (value === null || value === undefined) keys.delete(`${type}/${id}`);
              else keys.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer));
            }
          }
        },
      },
    };
  }
}

type Update = BaileysEventMap['connection.update'];

export interface Upsert {
  readonly message: WAMessage;
  readonly type: string;
}

export class PlainBot {
  readonly auth: MemoryAuth;
  readonly socket: WASocket;
  readonly upserts: Upsert[] = [];
  readonly updates: BaileysEventMap['messages.update'] = [];
  readonly #changes = new Changes();
  #state: Update = {};

  constructor(url: string, auth: MemoryAuth, config: Partial<UserFacingSocketConfig> = {}) {
    this.auth = auth;
    const logger = pino({ level: process.env.BAILEYS_LOG ?? 'silent' });
    this.socket = makeWASocket({ waWebSocketUrl: url, auth: auth.load(), logger, ...config });
    const { ev, authState } = this.socket;
    ev.on('creds.update', () => auth.save(authState.creds));
    ev.on('connection.update', (update) => {
      this.#state = { ...this.#state, ...update };
      this.#changes.changed();
    });
    ev.on('messages.upsert', ({ messages, type }) => {
      for (const message of messages) this.upserts.push({ message, type });
      this.#changes.changed();
    });
    ev.on('messages.update', (updates) => {
      this.updates.push(...updates);
      this.#changes.changed();
    });
  }

  qr(): Promise<string> {
    return this.#changes.until(
      () => this.#state.qr,
      undefined,
      () => 'no QR code',
    );
  }

  async open(): Promise<this> {
    await this.#changes.until(
      () => this.#state.connection === 'open' || undefined,
      undefined,
      () => 'not open',
    );
    return this;
  }

  /** Resolves with the status code when the connection has ended. */
  closed(): Promise<number> {
    const code = () =>
      (this.#state.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? 0;
    return this.#changes.until(
      () => (this.#state.connection === 'close' ? code() : undefined),
      undefined,
      () => 'not closed',
    );
  }

  until<Found>(find: () => Found | undefined, timeout?: number): Promise<Found> {
    return this.#changes.until(
      find,
      timeout,
      () => `came: ${JSON.stringify(this.upserts.map(({ message }) => message))}`,
    );
  }

  /** The first upsert with this id. */
  upsert(id: string): Promise<Upsert> {
    return this.until(() => this.upserts.find(({ message }) => message.key.id === id));
  }

  /**
   * Waits until an own message has this status; returns what came with it. Baileys tells it in an update, or merges it into the message itself when
   * it comes early.
   */
  status(id: string, wanted: number): Promise<Partial<WAMessage>> {
    const news = () => [
      ...this.updates.map(({ key, update }) => ({ ...update, key })),
      ...this.upserts.map(({ message }) => message),
    ];
    return this.until(() => news().find(({ key, status }) => key.id === id && status === wanted));
  }

  stop(): void {
    void this.socket.end(undefined);
  }
}
