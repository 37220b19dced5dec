/** The real reports on a real SQLite file, with an officer who reads and answers: for tests of the conversation and of channels. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_REPORTS } from '../../src/conversation/report-desk.ts';
import { type Services, WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { openRegions } from '../../src/regions/regions.ts';
import type { Tell } from '../../src/reports/chat-answers.ts';
import { EVIDENCE_LIMIT, inspectEvidence } from '../../src/reports/evidence.ts';
import type { CaseRecord, Changed } from '../../src/reports/office.ts';
import { openReports, type Reports } from '../../src/reports/reports.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { asRecipient, makeKeyPair, openEntry, sealEntry, unwrapCaseKey } from '../../src/sealing/seal.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { loadServerKey, type ServerKey } from '../../src/store/keys.ts';

export interface TestReports {
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  /** For the dialogue: changes with {@link officersThere} and {@link restart}, so it is to be asked at each message. */
  readonly services: Pick<Services, 'reports' | 'regions' | 'webDoor'>;
  /** The parts that a program would start. */
  readonly reports: Reports;
  /** Whether there is anybody who can read. What came before is none of the officers' business from then on. */
  officersThere(there: boolean): Promise<void>;
  /** What is in memory only is gone. */
  restart(): void;
  /** The officer reads the newest case and answers it: a tip by its receipt, a question into its chat. */
  answer(text: string): Promise<void>;
  act(act: 'read' | 'handed-on' | 'closed'): Promise<void>;
  /** The newest case as the officer sees it when it is opened, in the order of writing. */
  entries(): Promise<readonly Entry[]>;
  close(): Promise<void>;
}

export interface TestReportsOptions {
  readonly now?: () => number;
  /** Brings answers to questions into chats: `Dialogue.tell`. */
  readonly tell?: Tell;
  readonly webDoor?: string;
}

export async function testReports(options: TestReportsOptions = {}): Promise<TestReports> {
  const { now = Date.now, tell = async () => 'unreachable', webDoor } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-reports-'));
  const database = await openDatabase({ folder });
  const key = loadServerKey(folder);
  const regions = openRegions();
  const open = (): Reports =>
    openReports({
      database,
      key,
      now,
      tell,
      escrow: undefined,
      storageBytes: 500_000_000,
      keeping: { retentionDays: 90, openDays: 730 },
      evidence: { inspect: inspectEvidence, limit: EVIDENCE_LIMIT },
      onError: (error) => {
        throw error;
      },
    });
  let reports = open();
  let there = true;
  const { identity, recipient } = await makeKeyPair();
  const { id: officer } = await reports.office.addOfficer({ name: 'Ani', unit: 'Bawaslu Contoh', recipient });

  let seen = new Set<string>();
  let current: string | undefined;
  const newest = async (): Promise<CaseRecord> => {
    const ids = (await reports.office.cases(officer)).map(({ id }) => id);
    current = ids.find((id) => !seen.has(id)) ?? current;
    seen = new Set(ids);
    const record = current === undefined ? undefined : await reports.office.read(officer, current);
    if (!record) throw new Error('there is no new case');
    return record;
  };
  const caseKey = async (record: CaseRecord) => {
    if (!record.wrapped) throw new Error('the officer has no key for the case');
    return unwrapCaseKey(record.id, record.wrapped, identity);
  };
  const done = (changed: Changed) => {
    if (!changed.ok) throw new Error(`the office refused: ${changed.why}`);
  };

  return {
    folder,
    database,
    key,
    get services() {
      return { ...WITHOUT_REPORTS, regions, webDoor, reports: there ? reports.desk : NO_REPORTS };
    },
    get reports() {
      return reports;
    },
    async officersThere(now) {
      there = now;
      seen = new Set((await reports.office.cases(officer)).map(({ id }) => id));
      current = undefined;
    },
    restart() {
      reports = open();
    },
    async answer(text) {
      const record = await newest();
      const id = randomId();
      const entry = {
        case: record.id,
        id,
        author: 'officer',
        part: 'text',
        day: record.changed,
        text,
        by: 'Ani',
      } as const;
      const to = [record.recipient, ...record.reporters].map((one) => asRecipient(one) ?? one);
      const sealed = await sealEntry({ ...entry, place: record.contents.length }, to);
      const change = { id, author: 'officer', sealed } as const;
      if (record.kind === 'tip') return done(await reports.office.write(officer, record.id, record.version, change));
      done(await reports.office.answerQuestion(officer, record.id, record.version, text, change));
      await reports.answers.deliverDue();
    },
    async act(act) {
      const record = await newest();
      if (act !== 'read') done(await reports.office.setStatus(officer, record.id, record.version, act, 'uji'));
    },
    async entries() {
      const record = await newest();
      const opened = await caseKey(record);
      const entries = await Promise.all(
        record.contents.map(({ id, sealed }) => openEntry(sealed, opened, { case: record.id, id })),
      );
      // rows lie in no order
      return entries.sort((one, other) => one.place - other.place);
    },
    async close() {
      await database.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
