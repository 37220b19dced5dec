/** The officers' desk as a process would build it: the real server, store and pages. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { Accounts } from '../../src/accounts/accounts.ts';
import { registerAssets } from '../../src/channels/web/assets.ts';
import { registerDesk } from '../../src/channels/web/desk/desk.ts';
import { inviteLink } from '../../src/channels/web/desk/team-routes.ts';
import { Insights } from '../../src/insights/insights.ts';
import { noteAudit, readAudit, verifyAudit } from '../../src/reports/audit.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import type { Identity } from '../../src/sealing/seal.ts';
import type { Database } from '../../src/store/database.ts';
import { ServerKey } from '../../src/store/keys.ts';
import { World } from '../reports/world.ts';
import { realBrain } from './brain.ts';
import { type DatabaseKind, SQLITE } from './databases.ts';
import { builtPages } from './door-services.ts';
import { webServices } from './web-services.ts';

export interface DeskServices {
  readonly server: FastifyInstance;
  readonly accounts: Accounts;
  /** Hears what is asked in the chat of this server. */
  readonly insights: Insights;
  readonly database: Database;
  /** What comes in, and the officers' side of it. Its clock is set by hand. */
  readonly world: World;
  /** Where it listens: `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** Every route of the desk, as the server itself was told of it. */
  readonly routes: ReadonlyArray<{ readonly method: string; readonly url: string }>;
  /** A link that makes the first admin. */
  firstLink(): Promise<string>;
  /** An account made without a browser, its session cookie, and its private key. */
  account(
    role: 'officer' | 'curator' | 'admin',
    login: string,
    unit?: string,
  ): Promise<{ readonly id: string; readonly cookie: string; readonly identity: Identity }>;
}

/** Gone when the test has ended. */
export async function deskServices(kind: DatabaseKind = SQLITE): Promise<DeskServices> {
  const fresh = await kind.fresh();
  const database = await fresh.open();
  const key = new ServerKey(randomBytes(32));
  const world = new World(database, { key });
  world.now = Date.now();
  const accounts = new Accounts({
    database,
    key,
    now: Date.now,
    audit: (actor, event, detail) => noteAudit(database, Date.now(), { actor, event, detail }),
  });
  const insights = new Insights({
    database,
    now: Date.now,
    onError: (error) => {
      throw error;
    },
  });
  const brain = await realBrain();
  const { server } = await webServices(brain, undefined, (heard) => insights.heard(heard));
  onTestFinished(() => server.close());
  const pages = await builtPages();
  registerAssets(server, pages);
  const routes: Array<{ method: string; url: string }> = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  let origin = '';
  await registerDesk(server, {
    accounts,
    audit: {
      entries: () => readAudit(database),
      verified: async () => (await verifyAudit(database)).kind === 'whole',
    },
    office: world.office,
    keeping: { retentionDays: 90, openDays: 730 },
    insights,
    knowledge: () => brain.knowledge,
    pages,
    root: () => origin,
  });
  origin = await server.listen({ host: '127.0.0.1', port: 0 });

  const tokenFor = async (role: 'officer' | 'curator' | 'admin', unit: string): Promise<string> => {
    const first = await accounts.firstLink();
    if (role === 'admin' && first !== undefined) return first;
    const admin = (await accounts.team()).find((account) => account.role === 'admin');
    if (admin === undefined) throw new Error('make an admin first');
    return accounts.invite(admin, role, unit);
  };
  return {
    server,
    accounts,
    insights,
    database,
    world,
    origin,
    routes,
    firstLink: async () => inviteLink(origin, (await accounts.firstLink()) ?? ''),
    async account(role, login, unit = 'Bawaslu Kabupaten Contoh') {
      const { identity, recipient } = makeKeyPairFast();
      const made = await accounts.accept(await tokenFor(role, unit), {
        login,
        name: login,
        unit,
        salt: randomBytes(16),
        auth: randomBytes(32),
        wrapped: randomBytes(105),
        recipient,
      });
      if (made.kind !== 'in') throw new Error(made.kind);
      return { id: made.account.id, cookie: `desk=${made.session}`, identity };
    },
  };
}
