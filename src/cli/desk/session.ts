/** One sitting at the desk: settings, database, and the officer's identity while it is unlocked. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, loadEnvFile, readConfig } from '../../config.ts';
import type { ReportLimit } from '../../desk/deadlines.ts';
import { DeskError } from '../../desk/errors.ts';
import { type KeyPair, unwrapIdentity } from '../../desk/identity.ts';
import { findIdentityFile, identityFolder, isExposed, readIdentityFile } from '../../desk/identity-files.ts';
import { OfficerDesk } from '../../desk/officer-desk.ts';
import { TextCache } from '../../desk/overview.ts';
import { dayOf } from '../../reports/days.ts';
import { StoredOffice } from '../../reports/stored-office.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { loadServerKey, ServerKey } from '../../store/keys.ts';
import { reportLimits } from './limits.ts';
import { type Paint, paint } from './paint.ts';
import type { Terminal } from './terminal.ts';
import { textOf, type Values } from './values.ts';

/** Wrong passphrases before it gives up. */
const TRIES = 3;

export class DeskSession {
  readonly terminal: Terminal;
  readonly paint: Paint;
  readonly cache = new TextCache();
  readonly now: () => number = Date.now;
  /** Options of the command, over those that the session was started with. */
  values: Values;
  readonly #started: Values;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #config: Config | undefined;
  #database: Database | undefined;
  #desk: OfficerDesk | undefined;
  #limits: readonly ReportLimit[] | undefined;

  constructor(terminal: Terminal, started: Values, env: Readonly<Record<string, string | undefined>> = process.env) {
    this.terminal = terminal;
    this.paint = paint(terminal.colours);
    this.#started = started;
    this.values = started;
    this.#env = env;
  }

  /** Options of the next command. */
  use(values: Values): void {
    this.values = { ...this.#started, ...values };
  }

  get today(): string {
    return dayOf(this.now());
  }

  /** Throws `ConfigError`. */
  get config(): Config {
    if (this.#config === undefined) {
      loadEnvFile();
      this.#config = readConfig(process.env);
    }
    return this.#config;
  }

  /** Throws `KnowledgeError`. */
  get limits(): readonly ReportLimit[] {
    this.#limits ??= reportLimits(this.config.knowledgeDir);
    return this.#limits;
  }

  /** @param create makes an empty one where there is none. Throws {@link DeskError} and `StoreError`. */
  async database(create = false): Promise<Database> {
    const { dataDir: folder, databaseUrl: url } = this.config;
    if (!create && url === undefined && !existsSync(join(folder, 'tanya-netral.db')))
      throw new DeskError(
        'failed',
        `Di ${folder} belum ada data. Jalankan dari folder Tanya Netral, atau atur DATA_DIR (atau DATABASE_URL) seperti pada layanannya.`,
      );
    this.#database ??= await openDatabase({ folder, url });
    return this.#database;
  }

  async office(create = false): Promise<StoredOffice> {
    return new StoredOffice(await this.database(create), this.#serverKey(), this.now);
  }

  /** False on a machine without the server's key: an answer to a chat could not be sealed to the server there. */
  get canAnswerChats(): boolean {
    return existsSync(join(this.config.dataDir, 'server.key'));
  }

  #serverKey(): ServerKey {
    // with PostgreSQL an officer may sit at another machine; a key made there would be a second one
    return this.canAnswerChats || this.config.databaseUrl === undefined
      ? loadServerKey(this.config.dataDir)
      : new ServerKey(randomBytes(32));
  }

  /** Where the identity file lies, or is to lie. */
  get identityPlace(): string {
    return textOf(this.values, 'identity') ?? (this.#env.TANYA_NETRAL_IDENTITY?.trim() || identityFolder(this.#env));
  }

  get unlocked(): boolean {
    return this.#desk !== undefined;
  }

  /** The officer at work; asks for the passphrase where it has to. Throws {@link DeskError}. */
  async desk(): Promise<OfficerDesk> {
    if (this.#desk !== undefined) return this.#desk;
    const office = await this.office();
    const { recipient, identity } = await this.unlockIdentity();
    const officer = (await office.officers()).find((known) => known.recipient === recipient);
    if (officer === undefined)
      throw new DeskError(
        'locked',
        'Identitas ini bukan milik petugas yang terdaftar di sini. Daftarkan dengan officer admit, atau periksa DATA_DIR dan DATABASE_URL.',
      );
    if (officer.retired) throw new DeskError('locked', 'Petugas ini sudah tidak bertugas. Hubungi pengelola.');
    this.#desk = new OfficerDesk(office, officer, identity, this.now);
    return this.#desk;
  }

  /** Opens the identity file. Throws {@link DeskError}. */
  async unlockIdentity(): Promise<KeyPair> {
    const path = findIdentityFile(this.identityPlace);
    const armoured = readIdentityFile(path);
    if (isExposed(path))
      this.terminal.note(`Peringatan: ${path} bisa dibaca orang lain di mesin ini; jalankan chmod 600.`);
    return this.withPassphrase('Membuka identitas', (passphrase) => unwrapIdentity(armoured, passphrase));
  }

  /** Asks for the passphrase until it opens, a few times. Throws the {@link DeskError} of `open`. */
  async withPassphrase<T>(says: string, open: (passphrase: string) => Promise<T>): Promise<T> {
    const given = givenPassphrase(this.values);
    for (let tries = 1; ; tries++) {
      const passphrase = given ?? (await this.terminal.askSecret('Frasa sandi: '));
      try {
        return await this.terminal.during(says, () => open(passphrase));
      } catch (error) {
        if (!(error instanceof DeskError) || given !== undefined || tries >= TRIES) throw error;
        this.terminal.note(error.message);
        await sleep(1000 * tries);
      }
    }
  }

  /** Forgets the identity and everything that was opened. */
  lock(): void {
    this.#desk = undefined;
    this.cache.clear();
  }

  async close(): Promise<void> {
    this.lock();
    this.terminal.close();
    await this.#database?.destroy();
    this.#database = undefined;
  }
}

/** The passphrase of `--passphrase-file` or `--passphrase-fd`; undefined where it is to be typed. Throws {@link DeskError}. */
export function givenPassphrase(values: Values): string | undefined {
  const file = textOf(values, 'passphrase-file');
  const number = textOf(values, 'passphrase-fd');
  if (file === undefined && number === undefined) return undefined;
  if (number !== undefined && !/^\d{1,4}$/.test(number))
    throw new DeskError('usage', '--passphrase-fd memerlukan sebuah angka, misalnya 3.');
  try {
    const text = readFileSync(file ?? Number(number), 'utf8').split(/\r?\n/)[0] ?? '';
    if (text.trim() !== '') return text;
  } catch {
    // told below
  }
  throw new DeskError('locked', 'Frasa sandi tidak terbaca dari berkas itu. Tulis di baris pertamanya.');
}
