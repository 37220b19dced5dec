/** What Baileys asks of storage: credentials and Signal keys, as sealed rows. */
import type {
  AuthenticationCreds,
  AuthenticationState,
  SignalDataSet,
  SignalDataTypeMap,
} from '@whiskeysockets/baileys';
import type { AuthChange, WhatsAppAuthRows } from '../../store/whatsapp-auth.ts';
import type { Baileys } from './baileys.ts';

const CREDS = { type: 'creds', id: 'creds' } as const;

export interface AuthStateOptions {
  readonly baileys: Baileys;
  readonly rows: WhatsAppAuthRows;
  /** Called where keys or credentials could not be written: what is in memory must not be trusted any more. */
  readonly onFailure: (error: unknown) => void;
}

export class AuthState {
  readonly #options: AuthStateOptions;
  #saving: Promise<void> = Promise.resolve();
  #session = 0;

  constructor(options: AuthStateOptions) {
    this.#options = options;
  }

  /**
   * The state for one connection, read anew; the one given before can write no more. Credentials of a pairing that was never finished are thrown away:
   * Baileys would log in with them instead of offering a code.
   */
  async load(): Promise<AuthenticationState> {
    await this.#saving;
    const session = ++this.#session;
    const { baileys, rows } = this.#options;
    const stored = (await rows.read(CREDS.type, [CREDS.id])).get(CREDS.id);
    let creds = stored === undefined ? undefined : (this.#parse(stored) as AuthenticationCreds);
    if (creds === undefined || (creds.me && !creds.account)) {
      await rows.clear();
      creds = baileys.initAuthCreds();
    }
    return { creds, keys: this.#keys(session) };
  }

  /** Saves the whole of the credentials, after what was saved before; the latest wins. Never rejects. */
  save(creds: AuthenticationCreds): Promise<void> {
    const { rows, onFailure } = this.#options;
    const session = this.#session;
    // written as they are now: Baileys goes on changing the object
    const value = this.#text(creds);
    this.#saving = this.#saving
      .then(() => (session === this.#session ? rows.write([{ ...CREDS, value }]) : undefined))
      .catch(onFailure);
    return this.#saving;
  }

  /** Forgets the account; later writes of the connection before have no effect. */
  async wipe(): Promise<void> {
    this.#session++;
    await this.#saving;
    await this.#options.rows.clear();
  }

  /** Ends all writing, and waits for what is being written. */
  async close(): Promise<void> {
    await this.#saving;
    this.#session++;
  }

  #keys(session: number): AuthenticationState['keys'] {
    const { rows, onFailure } = this.#options;
    const stale = () => session !== this.#session;
    return {
      get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const found: { [id: string]: SignalDataTypeMap[T] } = {};
        if (stale()) return found;
        for (const [id, text] of await rows.read(type, ids)) found[id] = this.#revive(type, this.#parse(text));
        return found;
      },
      set: async (data: SignalDataSet) => {
        if (stale()) return;
        try {
          await rows.write(this.#changes(data));
        } catch (error) {
          onFailure(error);
          throw error;
        }
      },
    };
  }

  #changes(data: SignalDataSet): AuthChange[] {
    return Object.entries(data).flatMap(([type, entries]) =>
      Object.entries(entries ?? {}).map(([id, value]) => ({
        type,
        id,
        value: value === null || value === undefined ? undefined : this.#text(value),
      })),
    );
  }

  #revive<T extends keyof SignalDataTypeMap>(type: T, value: unknown): SignalDataTypeMap[T] {
    const { proto } = this.#options.baileys;
    // a plain object in its place breaks app-state sync without a word
    return (
      type === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value
    ) as SignalDataTypeMap[T];
  }

  #text(value: unknown): string {
    return JSON.stringify(value, this.#options.baileys.BufferJSON.replacer);
  }

  #parse(text: string): unknown {
    return JSON.parse(text, this.#options.baileys.BufferJSON.reviver);
  }
}
