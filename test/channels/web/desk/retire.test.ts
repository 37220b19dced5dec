/** The admin ends an officer's account in the browser: not while cases depend on it, and then wholly. */
import { expect, test } from 'vitest';
import type { Failure, Grants } from '../../../../src/channels/web/desk/contract.ts';
import { DeskOfficer } from '../../../support/desk-officer.ts';
import { deskServices } from '../../../support/desk-services.ts';

test('the last reader of cases stays, the admin is told why, and goes once they are shared', async () => {
  const desk = await deskServices();
  const admin = new DeskOfficer(desk, await desk.account('admin', 'rina'));
  const budi = new DeskOfficer(desk, await desk.account('officer', 'budi'));
  await desk.world.tip('628127340051');
  const dewi = new DeskOfficer(desk, await desk.account('officer', 'dewi'));

  const refused = await admin.post<Failure>('team/retire', { id: budi.id });
  expect(refused).toEqual({
    status: 409,
    body: {
      why: 'last-reader',
      error:
        'budi masih satu-satunya yang bisa membaca 1 kasus. Minta budi membagikan kasus dulu: di halaman Tim, tombol "Beri akses kasus lama" di baris rekannya.',
    },
  });
  expect((await budi.list()).cases).toHaveLength(1);

  const offer = (await budi.get<Grants>(`grants/${dewi.id}`)).body;
  const given = await budi.post(`grants/${dewi.id}`, await budi.grants(offer));
  expect(given.body).toEqual({ refused: [] });

  expect(await admin.post('team/retire', { id: budi.id })).toEqual({ status: 200, body: {} });
  expect((await budi.get('cases')).status).toBe(401);
  const [item] = (await dewi.list()).cases;
  expect((await dewi.detail(item?.id ?? '')).readers.map(({ name }) => name)).toEqual(['dewi']);
  expect(await desk.database.selectFrom('case_keys').select('officer').execute()).toEqual([{ officer: dewi.id }]);
  expect(await admin.post('team/retire', { id: budi.id })).toMatchObject({ status: 404 });
});

test('the last admin stays, and is told why', async () => {
  const desk = await deskServices();
  const admin = new DeskOfficer(desk, await desk.account('admin', 'rina'));
  const refused = await admin.post<Failure>('team/retire', { id: admin.id });
  expect([refused.status, refused.body.error]).toEqual([409, 'Ini satu-satunya admin. Undang admin lain dulu.']);
});
