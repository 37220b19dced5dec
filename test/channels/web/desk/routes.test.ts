/** Every route of the desk, asked by those who may not. */
import { describe, expect, test } from 'vitest';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

type Method = 'GET' | 'POST';

async function cast() {
  const desk = await deskServices();
  const admin = await desk.account('admin', 'rina');
  const officer = await desk.account('officer', 'budi');
  const curator = await desk.account('curator', 'sari');
  return { desk, cookies: { admin: admin.cookie, officer: officer.cookie, curator: curator.cookie } };
}

const ask = (desk: DeskServices, method: Method, path: string, cookie?: string, headers: Record<string, string> = {}) =>
  desk.server.inject({
    method,
    url: `/desk/api/${path}`,
    headers: { ...(method === 'POST' ? { 'x-desk': '1' } : {}), ...headers, ...(cookie ? { cookie } : {}) },
    ...(method === 'POST' ? { payload: {} } : {}),
  });

/** Of a case or an officer: nobody's. */
const ID = 'A'.repeat(22);

/** Every route with the roles that it lets in. */
const ROUTES: ReadonlyArray<readonly [Method, string, ReadonlyArray<'admin' | 'officer' | 'curator'>]> = [
  ['GET', 'me', ['admin', 'officer', 'curator']],
  ['POST', 'passphrase', ['admin', 'officer', 'curator']],
  ['POST', 'totp', ['admin', 'officer', 'curator']],
  ['GET', 'team', ['admin', 'officer', 'curator']],
  ['POST', 'team/invite', ['admin']],
  ['POST', 'team/revoke', ['admin']],
  ['POST', 'team/retire', ['admin']],
  ['POST', 'team/unit', ['admin']],
  ['GET', 'audit', ['admin']],
  ['GET', 'insights', ['admin', 'officer', 'curator']],
  ['GET', 'unknown', ['curator']],
  ['POST', 'unknown/done', ['curator']],
  ['GET', 'rules', ['curator']],
  ['GET', 'rules/medsos-like/place', ['curator']],
  ['GET', 'topics/medsos/place', ['curator']],
  ['GET', 'cases', ['officer']],
  ['GET', 'cases?since=0&texts=no', ['officer']],
  ['POST', 'cases/texts', ['officer']],
  ['GET', 'templates', ['officer']],
  ['GET', 'limits', ['officer']],
  ['GET', `cases/${ID}`, ['officer']],
  ['GET', `cases/${ID}/entries/${ID}`, ['officer']],
  ['POST', `cases/${ID}/write`, ['officer']],
  ['POST', `cases/${ID}/undo`, ['officer']],
  ['POST', `cases/${ID}/status`, ['officer']],
  ['POST', `cases/${ID}/hold`, ['officer']],
  ['POST', `cases/${ID}/release`, ['officer']],
  ['POST', `cases/${ID}/exported`, ['officer']],
  ['POST', `cases/${ID}/merge`, ['officer']],
  ['POST', `cases/${ID}/transfer`, ['officer']],
  ['POST', `cases/${ID}/exclude`, ['officer']],
  ['GET', `grants/${ID}`, ['officer']],
  ['POST', `grants/${ID}`, ['officer']],
];

describe('every route', () => {
  test.each(ROUTES)('%s %s', async (method, path, roles) => {
    const { desk, cookies } = await cast();
    expect((await ask(desk, method, path)).statusCode).toBe(401);
    expect((await ask(desk, method, path, `desk=${'A'.repeat(43)}`)).statusCode).toBe(401);
    for (const role of ['admin', 'officer', 'curator'] as const) {
      const { statusCode } = await ask(desk, method, path, cookies[role]);
      // an empty body is refused as such, and nobody's case not found, only where the role is let in
      if (roles.includes(role)) expect([role, [200, 400, 404].includes(statusCode)]).toEqual([role, true]);
      else expect([role, statusCode]).toEqual([role, 403]);
    }
  });

  test('a changing request without our mark, or from another site, is refused with the right cookie', async () => {
    const { desk, cookies } = await cast();
    const refused = async (headers: Record<string, string>) =>
      (
        await desk.server.inject({
          method: 'POST',
          url: '/desk/api/team/unit',
          headers: { cookie: cookies.admin, ...headers },
          payload: { name: 'Inspektorat', regions: [] },
        })
      ).statusCode;
    expect(await refused({})).toBe(403);
    expect(await refused({ 'x-desk': '1', origin: 'https://jahat.example' })).toBe(403);
    expect(await refused({ 'x-desk': '1', 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await refused({ 'x-desk': '1' })).toBe(200);
  });

  test('what another page has a browser read is refused, too: it would be noted as the officer’s own act', async () => {
    const { desk, cookies } = await cast();
    const read = async (site: string) =>
      (
        await desk.server.inject({
          method: 'GET',
          url: '/desk/api/cases',
          headers: { cookie: cookies.officer, 'sec-fetch-site': site },
        })
      ).statusCode;
    expect([await read('cross-site'), await read('same-site')]).toEqual([403, 403]);
    expect([await read('same-origin'), await read('none')]).toEqual([200, 200]);
  });

  test('the cookie is for scripts of nobody, this path, and no other site', async () => {
    const { desk, cookies } = await cast();
    const { headers } = await ask(desk, 'POST', 'sign-out', cookies.admin);
    expect(String(headers['set-cookie'])).toMatch(/^desk=;.*Path=\/desk;.*HttpOnly; SameSite=Strict$/);
    expect((await ask(desk, 'GET', 'me', cookies.admin)).statusCode).toBe(401);
    const elsewhere = await desk.server.inject({
      method: 'POST',
      url: '/desk/api/sign-out',
      headers: { cookie: cookies.officer, 'x-desk': '1', host: 'netral.example.go.id' },
      payload: {},
    });
    expect(String(elsewhere.headers['set-cookie'])).toMatch(/; Secure;/);
  });
});
