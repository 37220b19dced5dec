/** A desk to work at: a database with officers, reporters who send tips through the real intake, and the desk's commands as processes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Origin } from '../../src/conversation/origin.ts';
import { SLOTS, type Slot } from '../../src/conversation/report-desk.ts';
import { makeIdentity, wrapIdentity } from '../../src/desk/identity.ts';
import { Core } from '../../src/reports/core.ts';
import { EVIDENCE_LIMIT, inspectEvidence } from '../../src/reports/evidence.ts';
import { Intake } from '../../src/reports/intake.ts';
import type { Officer } from '../../src/reports/office.ts';
import { StoredOffice } from '../../src/reports/stored-office.ts';
import { nickname, type Receipt } from '../../src/sealing/receipt.ts';
import type { Identity, RecipientText } from '../../src/sealing/seal.ts';
import type { Database } from '../../src/store/database.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import type { FreshDatabase } from '../support/databases.ts';
import { MODEL_CACHE } from '../support/model-cache.ts';
import { type Ran, run, start } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

export const PASSPHRASE = 'sepeda hujan lemari kopi';
export const DESK = 'src/cli/desk.ts';
/** scrypt in a moment instead of a second: what is opened does not depend on it. */
const CHEAP = 4;

export interface TestOfficer {
  readonly officer: Officer;
  readonly identity: Identity;
  /** Of the identity file. */
  readonly file: string;
  readonly passphraseFile: string;
}

export interface Tip {
  readonly id: string;
  /** As officers call it. */
  readonly name: string;
  readonly origin: Origin;
  readonly receipt: Receipt;
}

let chats = 0;
export const newChat = (): Origin => {
  const chat = `chat-${++chats}`;
  return { channel: 'telegram', chat, address: `${chat}-address`, update: undefined, private: true };
};

export class TestDesk {
  readonly database: Database;
  readonly office: StoredOffice;
  readonly intake: Intake;
  readonly env: Readonly<Record<string, string>>;

  private constructor(fresh: FreshDatabase, database: Database, escrow: RecipientText | undefined) {
    const key = loadServerKey(fresh.folder);
    this.database = database;
    this.office = new StoredOffice(database, key);
    const core = new Core({ database, key, now: Date.now, escrow, storageBytes: 1e9 });
    this.intake = new Intake(core, { inspect: inspectEvidence, limit: EVIDENCE_LIMIT });
    this.env = {
      DATA_DIR: fresh.folder,
      ...(fresh.url === undefined ? {} : { DATABASE_URL: fresh.url }),
      // many short processes of the same program: compiled once
      NODE_COMPILE_CACHE: join(MODEL_CACHE, 'code'),
    };
  }

  /** @param escrow public key of the key in the safe */
  static async open(fresh: FreshDatabase, escrow?: RecipientText): Promise<TestDesk> {
    return new TestDesk(fresh, await fresh.open(), escrow);
  }

  async officer(name: string, unit = 'Bawaslu Kab. Contoh'): Promise<TestOfficer> {
    const pair = makeIdentity();
    const folder = tempFolder();
    const file = join(folder, 'identitas.age');
    const passphraseFile = join(folder, 'frasa.txt');
    writeFileSync(file, await wrapIdentity(pair, PASSPHRASE, CHEAP), { mode: 0o600 });
    writeFileSync(passphraseFile, `${PASSPHRASE}\n`, { mode: 0o600 });
    const officer = await this.office.addOfficer({ name, unit, recipient: pair.recipient });
    return { officer, identity: pair.identity, file, passphraseFile };
  }

  /** Somebody reports. @param reader an officer who can open it, to know its id */
  async tip(
    reader: TestOfficer,
    parts: Partial<Record<Slot, string>>,
    files: ReadonlyArray<{ readonly name: string; readonly bytes: Uint8Array }> = [],
  ): Promise<Tip> {
    const before = new Set((await this.office.cases(reader.officer.id)).map(({ id }) => id));
    const origin = newChat();
    must('open', await this.intake.begin(origin));
    for (const slot of SLOTS) {
      const text = parts[slot];
      if (text !== undefined) must('kept', await this.intake.write(origin, slot, text));
    }
    for (const { name, bytes } of files) {
      const file = { name, size: bytes.length, read: async () => bytes };
      const { kind } = await this.intake.attach(origin, file);
      if (kind === 'warn') must('kept', (await this.intake.attachAnyway(origin)).kind);
      else must('kept', kind);
    }
    const submitted = await this.intake.submit(origin);
    if (submitted.kind !== 'receipt') throw new Error(`not submitted: ${submitted.kind}`);
    const id = await this.#newCase(reader, before);
    return { id, name: nickname(id), origin, receipt: submitted.receipt };
  }

  /** Somebody hands a question to the officers. */
  async question(reader: TestOfficer, text: string): Promise<Omit<Tip, 'receipt'>> {
    const before = new Set((await this.office.cases(reader.officer.id)).map(({ id }) => id));
    const origin = newChat();
    must('open', await this.intake.ask(origin, text));
    const id = await this.#newCase(reader, before);
    return { id, name: nickname(id), origin };
  }

  async #newCase(reader: TestOfficer, before: ReadonlySet<string>): Promise<string> {
    const found = (await this.office.cases(reader.officer.id)).filter(({ id }) => !before.has(id));
    if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} new cases`);
    return found[0].id;
  }

  /** One command, as this officer. */
  run(who: TestOfficer | undefined, args: readonly string[], input = ''): Promise<Ran> {
    return run(DESK, [...args, ...options(who)], { env: this.env, input });
  }

  /** The shell, as this officer; its input stays open. */
  shell(who: TestOfficer, args: readonly string[] = []) {
    return start(DESK, [...args, ...options(who)], { env: this.env });
  }
}

const options = (who: TestOfficer | undefined): string[] =>
  who === undefined ? [] : ['--identity', who.file, '--passphrase-file', who.passphraseFile];

function must(wanted: string, found: string): void {
  if (found !== wanted) throw new Error(`${found} instead of ${wanted}`);
}
