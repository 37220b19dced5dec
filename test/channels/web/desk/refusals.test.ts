/**
 * Every route that the server has under `/desk/api`, asked from the server itself: without a session, with every role, and for a case of
 * another unit. A route that is not named here fails the test, so that none comes without somebody having thought of who may use it.
 */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../../../src/accounts/accounts.ts';
import { randomId } from '../../../../src/sealing/id.ts';
import { DeskOfficer } from '../../../support/desk-officer.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

const EVERYBODY: readonly Role[] = ['admin', 'officer', 'curator'];
const OFFICER: readonly Role[] = ['officer'];
const CURATOR: readonly Role[] = ['curator'];
const ADMIN: readonly Role[] = ['admin'];

/** Whom a route lets in; `open`: without a session, because it is the way to one. */
const MAY: Readonly<Record<string, readonly Role[] | 'open'>> = {
  'GET start': 'open',
  'POST salt': 'open',
  'POST sign-in': 'open',
  'POST invite': 'open',
  'POST accept': 'open',
  'GET me': EVERYBODY,
  'POST sign-out': EVERYBODY,
  'POST sign-out-everywhere': EVERYBODY,
  'POST passphrase': EVERYBODY,
  'POST totp': EVERYBODY,
  'GET team': EVERYBODY,
  'GET insights': EVERYBODY,
  'POST team/invite': ADMIN,
  'POST team/revoke': ADMIN,
  'POST team/retire': ADMIN,
  'POST team/unit': ADMIN,
  'GET audit': ADMIN,
  'GET unknown': CURATOR,
  'POST unknown/done': CURATOR,
  'GET rules': CURATOR,
  'GET rules/:id/place': CURATOR,
  'GET topics/:id/place': CURATOR,
  'GET templates': OFFICER,
  'GET limits': OFFICER,
  'GET cases': OFFICER,
  'POST cases/texts': OFFICER,
  'GET cases/:id': OFFICER,
  'GET cases/:id/entries/:entry': OFFICER,
  'POST cases/:id/write': OFFICER,
  'POST cases/:id/undo': OFFICER,
  'POST cases/:id/status': OFFICER,
  'POST cases/:id/hold': OFFICER,
  'POST cases/:id/release': OFFICER,
  'POST cases/:id/exported': OFFICER,
  'POST cases/:id/merge': OFFICER,
  'POST cases/:id/transfer': OFFICER,
  'POST cases/:id/exclude': OFFICER,
  'GET grants/:officer': OFFICER,
  'POST grants/:officer': OFFICER,
};

/** `HEAD` is what fastify adds to every `GET`. */
const named = (method: string, url: string): string =>
  `${method === 'HEAD' ? 'GET' : method} ${url.replace('/desk/api/', '')}`;

const apiRoutes = ({ routes }: DeskServices) => routes.filter(({ url }) => url.startsWith('/desk/api'));

const ask = ({ server }: DeskServices, method: string, url: string, cookie?: string, payload: object = {}) =>
  server.inject({
    method: method as 'GET',
    url,
    headers: { 'x-desk': '1', ...(cookie === undefined ? {} : { cookie }) },
    ...(method === 'POST' ? { payload } : {}),
  });

/** With ids that are well formed and nobody's. */
const somewhere = (url: string): string => url.replaceAll(/:[a-z]+/g, () => randomId());

describe('every route that the server has', () => {
  test('is one that is named here, and every one that is named here is there', async () => {
    const found = new Set(apiRoutes(await deskServices()).map(({ method, url }) => named(method, url)));
    expect([...found].sort()).toEqual(Object.keys(MAY).sort());
  });

  test('refuses whoever has no session, or one that was made up', async () => {
    const desk = await deskServices();
    const madeUp = `desk=${randomBytes(32).toString('base64url')}`;
    for (const { method, url } of apiRoutes(desk)) {
      if (MAY[named(method, url)] === 'open') continue;
      for (const cookie of [undefined, 'desk=', madeUp]) {
        const { statusCode } = await ask(desk, method, somewhere(url), cookie);
        expect([method, url, cookie, statusCode]).toEqual([method, url, cookie, 401]);
      }
    }
  });

  test('refuses every role that it is not for, and one whose account has ended', async () => {
    const desk = await deskServices();
    const cookies = new Map<Role, string>();
    for (const role of EVERYBODY) cookies.set(role, (await desk.account(role, role)).cookie);
    const former = await desk.account('officer', 'mantan');
    const [admin] = (await desk.accounts.team()).filter(({ role }) => role === 'admin');
    if (!admin) throw new Error('no admin');
    expect(await desk.accounts.retire(admin, former.id)).toEqual({ kind: 'retired' });
    for (const { method, url } of apiRoutes(desk)) {
      const may = MAY[named(method, url)];
      if (may === 'open' || may === undefined) continue;
      expect([method, url, (await ask(desk, method, somewhere(url), former.cookie)).statusCode]).toEqual([
        method,
        url,
        401,
      ]);
      // signing out would end the session that is used here
      if (url.includes('sign-out')) continue;
      for (const [role, cookie] of cookies) {
        const { statusCode } = await ask(desk, method, somewhere(url), cookie);
        const refused = statusCode === 401 || statusCode === 403;
        expect([method, url, role, refused ? 'refused' : 'let in']).toEqual([
          method,
          url,
          role,
          may.includes(role) ? 'let in' : 'refused',
        ]);
      }
    }
  });

  test('refuses a changing request of another site, whatever the cookie', async () => {
    const desk = await deskServices();
    const { cookie } = await desk.account('admin', 'rina');
    for (const { method, url } of apiRoutes(desk).filter((route) => route.method !== 'GET' && route.method !== 'HEAD'))
      for (const headers of [{}, { 'x-desk': '1', origin: 'https://jahat.example' }]) {
        const asked = { method: method as 'POST', url: somewhere(url), payload: {} };
        const { statusCode } = await desk.server.inject({ ...asked, headers: { cookie, ...headers } });
        expect([url, statusCode]).toEqual([url, 403]);
      }
  });
});

describe('a case of another unit', () => {
  test('is not there, whatever is asked of it, and nothing of it changes', async () => {
    const desk = await deskServices();
    await desk.account('admin', 'rina');
    const budi = new DeskOfficer(desk, await desk.account('officer', 'budi', 'Bawaslu Kabupaten Contoh'));
    await desk.world.tip('628127340051');
    const other = await desk.account('officer', 'dewi', 'BKPSDM Kabupaten Contoh');
    const dewi = new DeskOfficer(desk, other);
    const [item] = (await budi.list()).cases;
    if (!item) throw new Error('a case expected');
    const detail = await budi.detail(item.id);
    const { version } = detail;
    const reason = 'ingin tahu';
    const sealed = await budi.sealed(detail, 'note', 'bukan dari sini');
    const key = { wrapped: detail.wrapped };

    // well formed, so that nothing is refused for its shape
    const bodies: Readonly<Record<string, object>> = {
      write: { ...sealed, version },
      undo: { entry: detail.entries[0]?.id },
      status: { version, status: 'closed', reason },
      hold: { reason },
      release: { reason },
      exported: { format: 'json', reason },
      merge: { version, into: null },
      transfer: { version, unit: 'BKPSDM Kabupaten Contoh', reason, keys: [{ officer: other.id, ...key }] },
      exclude: { version, unit: 'Bawaslu Kabupaten Contoh', reason },
    };
    const stored = async () => {
      const rows = [];
      for (const table of ['cases', 'case_keys', 'entries', 'holds', 'exclusions', 'receipts'] as const)
        rows.push(await desk.database.selectFrom(table).selectAll().execute());
      return rows;
    };
    const before = await stored();
    let tried = 0;
    for (const { method, url } of apiRoutes(desk).filter((route) => route.url.includes('/cases/:id'))) {
      const path = url.replace(':id', item.id).replace(':entry', detail.entries[0]?.id ?? '');
      const body = method === 'POST' ? bodies[url.split('/').at(-1) ?? ''] : {};
      if (body === undefined) throw new Error(`${url}: no body is known here`);
      const answer = await ask(desk, method, path, other.cookie, body);
      expect([method, url, answer.statusCode]).toEqual([method, url, 404]);
      tried++;
    }
    expect(tried).toBeGreaterThan(10);
    expect((await dewi.list()).cases).toEqual([]);
    expect((await dewi.post('cases/texts', { ids: [item.id] })).body).toEqual({ cases: [] });
    for (const officer of [budi.id, other.id]) {
      const offered = await dewi.get<{ cases: unknown[] }>(`grants/${officer}`);
      expect([offered.status, offered.body.cases]).toEqual([200, []]);
      const given = await dewi.post(`grants/${officer}`, { keys: [{ case: item.id, ...key }] });
      expect(given).toEqual({ status: 200, body: { refused: [item.id] } });
    }
    expect(await stored()).toEqual(before);
    // and the same bodies are taken from whoever has the case
    for (const what of ['hold', 'release', 'exported', 'status'])
      expect([what, (await budi.post(`cases/${item.id}/${what}`, bodies[what])).status]).toEqual([what, 200]);
  });
});
