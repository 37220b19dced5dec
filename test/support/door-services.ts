/** The web door as a process would build it: the real server, store and pages, and officers who can read. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { registerAssets } from '../../src/channels/web/assets.ts';
import { registerDoor } from '../../src/channels/web/door/door.ts';
import { openPages, type Pages } from '../../src/operations/pages.ts';
import { openRegions } from '../../src/regions/regions.ts';
import { EVIDENCE_LIMIT, inspectEvidence } from '../../src/reports/evidence.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { openReports, type Reports } from '../../src/reports/reports.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { type Id, randomId } from '../../src/sealing/id.ts';
import { type Identity, openEntry, type RecipientText, sealEntry, unwrapCaseKey } from '../../src/sealing/seal.ts';
import { ServerKey } from '../../src/store/keys.ts';
import { realBrain } from './brain.ts';
import { SQLITE } from './databases.ts';
import { webServices } from './web-services.ts';

/** Built once for all tests, and again where a source has changed. */
const PAGES = fileURLToPath(new URL('../../node_modules/.cache/tanya-netral/pages', import.meta.url));
export const silent = pino({ level: 'silent' });
export const builtPages = (): Promise<Pages> => openPages(silent, PAGES);

/** An officer with the private key, which the server never has. */
export interface TestOfficer {
  readonly id: Id;
  readonly identity: Identity;
}

export interface DoorServices {
  readonly server: FastifyInstance;
  readonly reports: Reports;
  /** All that is stored, as one buffer. */
  stored(): Promise<Buffer>;
  addOfficer(name: string): Promise<TestOfficer>;
  /** Every case that the officer can open, in the order of arrival within a day unknown. */
  cases(officer: TestOfficer): Promise<readonly OpenedCase[]>;
  /** Seals an answer to the case and to its receipts, as the desk does. */
  answer(officer: TestOfficer, caseId: Id, text: string): Promise<void>;
}

export interface OpenedCase {
  readonly id: Id;
  /** In the order in which they were told. */
  readonly entries: readonly Entry[];
}

/** Listens at no port yet. Gone when the test has ended. */
export async function doorServices(
  options: { readonly pages?: Pages; readonly escrow?: RecipientText } = {},
): Promise<DoorServices> {
  const key = new ServerKey(randomBytes(32));
  const fresh = await SQLITE.fresh();
  const reports = openReports({
    database: await fresh.open(),
    key,
    now: Date.now,
    escrow: options.escrow,
    storageBytes: 200_000_000,
    keeping: { retentionDays: 90, openDays: 730 },
    evidence: { inspect: inspectEvidence, limit: EVIDENCE_LIMIT },
    tell: async () => 'unreachable',
    onError: (error) => {
      throw error;
    },
  });
  const brain = await realBrain();
  const { server } = await webServices(brain);
  onTestFinished(() => server.close());
  const pages = options.pages ?? (await builtPages());
  registerAssets(server, pages);
  registerDoor(server, { intake: reports.web, regions: openRegions(), knowledge: () => brain.knowledge, pages, key });
  await server.ready();
  const opener = async ({ id, identity }: TestOfficer, caseId: Id) => {
    const record = await reports.office.read(id, caseId);
    if (record?.wrapped === undefined) throw new Error('the officer has no key for it');
    return { record, caseKey: await unwrapCaseKey(caseId, record.wrapped, identity) };
  };
  return {
    server,
    reports,
    stored: fresh.stored,
    async addOfficer(name) {
      const { identity, recipient } = makeKeyPairFast();
      const { id } = await reports.office.addOfficer({ name, unit: 'Bawaslu Kota Contoh', recipient });
      return { id, identity };
    },
    async cases(officer) {
      const summaries = await reports.office.cases(officer.id);
      return Promise.all(
        summaries.map(async ({ id }) => {
          const { record, caseKey } = await opener(officer, id);
          const entries = await Promise.all(
            record.contents.map(({ id: entry, sealed }) => openEntry(sealed, caseKey, { case: id, id: entry })),
          );
          return { id, entries: entries.sort((a, b) => a.place - b.place) };
        }),
      );
    },
    async answer(officer, caseId, text) {
      const { record } = await opener(officer, caseId);
      const entry: Entry = {
        case: caseId,
        id: randomId(),
        author: 'officer',
        part: 'text',
        day: record.day,
        place: record.contents.length,
        text,
      };
      const sealed = await sealEntry(entry, [record.recipient, ...record.reporters]);
      const changed = await reports.office.write(officer.id, caseId, record.version, {
        id: entry.id,
        author: 'officer',
        sealed,
      });
      if (!changed.ok) throw new Error(`the answer was refused: ${changed.why}`);
    },
  };
}
