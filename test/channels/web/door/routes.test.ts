/** The door's API, past the page: what a server must refuse whoever asks. */
import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  type CaseHeader,
  type SealedAnswers,
  WORK_HEADER,
  type Work,
} from '../../../../src/channels/web/door/contract.ts';
import { pack } from '../../../../src/channels/web/door/pack.ts';
import { solve } from '../../../../src/channels/web/door/work.ts';
import { NO_PAGES } from '../../../../src/operations/pages.ts';
import { makeKeyPairFast } from '../../../../src/reports/native-keys.ts';
import { type Id, randomId } from '../../../../src/sealing/id.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../../../../src/sealing/receipt.ts';
import { type RecipientText, sealEntry, wrapCaseKey } from '../../../../src/sealing/seal.ts';
import { doorServices } from '../../../support/door-services.ts';

// on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

type Readers = ReadonlyArray<{ readonly id: Id; readonly recipient: RecipientText }>;

const readersOf = async (server: FastifyInstance): Promise<Readers> =>
  (await server.inject('/lapor/kunci.json')).json<{ readers: Readers }>().readers;

async function answered(server: FastifyInstance): Promise<string> {
  const { challenge, bits } = (await server.inject('/lapor/tantangan')).json<Work>();
  return `${challenge};${solve(challenge, bits).join(',')}`;
}

/** A tip as the page makes it. */
async function parcel(readers: Readers, receipt: Receipt = makeReceipt()) {
  const caseId = randomId();
  const { identity, recipient } = makeKeyPairFast();
  const wrapped = await Promise.all(readers.map((reader) => wrapCaseKey(caseId, identity, reader.recipient)));
  const entries = (['what', 'who', 'where', 'when'] as const).map((part, place) => ({
    ...{ case: caseId, id: randomId(), author: 'reporter' as const, part, place },
    day: '2026-11-22',
    text: part === 'what' ? 'sesuatu' : '',
  }));
  const sealed = await Promise.all(entries.map((entry) => sealEntry(entry, [recipient])));
  const keys = await receiptKeys(receipt);
  const header: CaseHeader = {
    caseId,
    recipient,
    readers: readers.map(({ id }) => id),
    entries: entries.map(({ id }) => id),
    lookupHash: keys.lookupHash,
    reporterRecipient: keys.recipient,
  };
  return { header, parts: [...wrapped, ...sealed], body: Buffer.from(pack(header, [...wrapped, ...sealed])), keys };
}

const post = (server: FastifyInstance, body: Buffer, work?: string) =>
  server.inject({
    method: 'POST',
    url: '/lapor/kirim',
    headers: { 'content-type': 'application/octet-stream', ...(work === undefined ? {} : { [WORK_HEADER]: work }) },
    payload: body,
  });
const look = (server: FastifyInstance, lookup: unknown) =>
  server.inject({ method: 'POST', url: '/lapor/cek', payload: { lookup } });

describe('the page', () => {
  test.each(['/lapor', '/lapor/cek'])('%s: strict policy, no cookie, not kept', async (path) => {
    const { server } = await doorServices();
    const response = await server.inject(path);
    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.headers['referrer-policy']).toBe('no-referrer');
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|blob:|data:|\*/);
    // the formal channels stand in it without any script
    expect(response.body).toContain('sigaplapor.bawaslu.go.id');
    expect(response.body).toContain('7 hari');
  });

  test('every link of it leads somewhere, from either address', async () => {
    const { server } = await doorServices();
    for (const path of ['/lapor', '/lapor/cek']) {
      const { body } = await server.inject(path);
      const links = [...body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link]) => link ?? '');
      expect(links.length).toBeGreaterThan(4);
      for (const link of links) {
        const url = new URL(link, `http://host${path}`).pathname;
        expect([url, (await server.inject(url)).statusCode]).toEqual([url, 200]);
      }
    }
  });

  test('scripts and styles are kept for ever under names that change, packed where a browser can unpack them', async () => {
    const { server } = await doorServices();
    const [, script = ''] = /src="\.\/(assets\/[^"]+\.js)"/.exec((await server.inject('/lapor')).body) ?? [];
    const packed = await server.inject({ url: `/${script}`, headers: { 'accept-encoding': 'gzip, br' } });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    const plain = await server.inject(`/${script}`);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.rawPayload.length).toBeGreaterThan(packed.rawPayload.length);
  });

  test('not built: says so in Indonesian, with the formal channels', async () => {
    const { server } = await doorServices({ pages: NO_PAGES });
    const response = await server.inject('/lapor');
    expect(response.statusCode).toBe(503);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.body).toContain('Halaman ini belum siap');
    expect(response.body).toContain('sigaplapor.bawaslu.go.id');
  });

  test('all regions come in one list', async () => {
    const { server } = await doorServices();
    const response = await server.inject('/lapor/wilayah.json');
    const list = JSON.parse(gunzipSync(response.rawPayload).toString()) as {
      provinces: Array<{ name: string; regencies: Array<{ code: string; name: string }> }>;
    };
    expect(list.provinces).toHaveLength(38);
    expect(list.provinces.find(({ name }) => name === 'Jawa Barat')?.regencies).toContainEqual({
      code: '32.73',
      name: 'Kota Bandung',
    });
    expect(list.provinces.flatMap(({ regencies }) => regencies)).toHaveLength(514);
  });

  test('keys: every officer, and the key in the safe', async () => {
    const safe = makeKeyPairFast();
    const door = await doorServices({ escrow: safe.recipient });
    expect(await readersOf(door.server)).toEqual([]);
    const officer = await door.addOfficer('Sari');
    const readers = await readersOf(door.server);
    expect(readers.map(({ id }) => id).sort()).toEqual([officer.id, 'escrow'].sort());
    expect(readers.find(({ id }) => id === 'escrow')?.recipient).toBe(safe.recipient);
    expect(Object.keys(readers[0] ?? {}).sort()).toEqual(['id', 'recipient']);
  });
});

describe('sending', () => {
  test('is taken with work, once for each work', async () => {
    const door = await doorServices();
    const officer = await door.addOfficer('Sari');
    const { body } = await parcel(await readersOf(door.server));
    const work = await answered(door.server);
    const response = await post(door.server, body, work);
    expect([response.statusCode, response.body]).toEqual([200, '{}']);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect((await post(door.server, body, work)).json()).toMatchObject({ why: 'work' });
    expect(await door.cases(officer)).toHaveLength(1);
  });

  test('without work, with forged or insufficient work, nothing is taken', async () => {
    const door = await doorServices();
    const officer = await door.addOfficer('Sari');
    const { body } = await parcel(await readersOf(door.server));
    const [challenge = ''] = (await answered(door.server)).split(';');
    for (const work of [
      undefined,
      '',
      'x',
      `${challenge};1,2,3,4,5,6,7,8`,
      `${challenge.slice(0, -2)}xx;0,0,0,0,0,0,0,0`,
    ]) {
      const response = await post(door.server, body, work);
      expect([work, response.statusCode, response.json<{ why: string }>().why]).toEqual([work, 403, 'work']);
    }
    expect(await door.cases(officer)).toEqual([]);
  });

  test('the same tip again counts once', async () => {
    const door = await doorServices();
    const officer = await door.addOfficer('Sari');
    const { body } = await parcel(await readersOf(door.server));
    for (let i = 0; i < 3; i += 1)
      expect((await post(door.server, body, await answered(door.server))).statusCode).toBe(200);
    expect(await door.cases(officer)).toHaveLength(1);
  });

  test('sealed for the wrong readers: asked to seal again', async () => {
    const door = await doorServices();
    await door.addOfficer('Sari');
    const { body } = await parcel(await readersOf(door.server));
    const late = await door.addOfficer('Wayan');
    const response = await post(door.server, body, await answered(door.server));
    expect([response.statusCode, response.json<{ why: string }>().why]).toEqual([409, 'readers']);
    expect(await door.cases(late)).toEqual([]);
  });

  test('with nobody to read it, it is not taken', async () => {
    const door = await doorServices();
    const { body } = await parcel([{ id: randomId(), recipient: makeKeyPairFast().recipient }]);
    const response = await post(door.server, body, await answered(door.server));
    expect([response.statusCode, response.json<{ why: string }>().why]).toEqual([409, 'nobody']);
  });

  test('what is no tip is refused, in words', async () => {
    const door = await doorServices();
    const officer = await door.addOfficer('Sari');
    const { header, parts, body } = await parcel(await readersOf(door.server));
    const bodies: Buffer[] = [
      Buffer.alloc(0),
      Buffer.from('{}'),
      body.subarray(0, -1),
      Buffer.from(pack({}, parts)),
      Buffer.from(pack(header, parts.slice(1))),
      Buffer.from(pack({ ...header, caseId: '../../etc' }, parts)),
      Buffer.from(pack({ ...header, lookupHash: 'short' }, parts)),
      Buffer.from(pack({ ...header, recipient: 'age1pq1nothing' }, parts)),
      Buffer.from(pack({ ...header, entries: [] }, parts.slice(0, 1))),
      Buffer.from(pack(header, [parts[0] ?? Buffer.of(), ...parts.slice(1).map(() => Buffer.from('in clear'))])),
    ];
    for (const [index, wrong] of bodies.entries()) {
      const response = await post(door.server, wrong, await answered(door.server));
      expect([index, response.statusCode]).toEqual([index, 400]);
      expect(response.json()).toEqual({ error: 'Kiriman ini tidak terbaca oleh server.', why: 'shape' });
    }
    expect(await door.cases(officer)).toEqual([]);
  });

  test('work is asked for before the body is read, and one address may send three at a time', async () => {
    const { server } = await doorServices();
    await server.listen({ host: '127.0.0.1', port: 0 });
    /** Sends the head of a large request and nothing of its body; gives the status, or `waiting`. */
    const begin = async (work: string) => {
      const address = server.server.address();
      const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.write(
        `POST /lapor/kirim HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\ncontent-length: 5000000\r\n${WORK_HEADER}: ${work}\r\n\r\n`,
      );
      const status = new Promise<string>((resolve) =>
        socket.once('data', (bytes) => resolve(bytes.toString('latin1').slice(9, 12))),
      );
      const waiting = new Promise<string>((resolve) => setTimeout(resolve, 1_000, 'waiting'));
      return { socket, said: await Promise.race([status, waiting]) };
    };
    expect((await begin('none')).said).toBe('403');
    const three = [];
    for (let i = 0; i < 3; i += 1) three.push(await begin(await answered(server)));
    expect(three.map(({ said }) => said)).toEqual(['waiting', 'waiting', 'waiting']);
    expect((await begin(await answered(server))).said).toBe('429');
    // one that goes away makes room
    three[0]?.socket.destroy();
    await expect.poll(async () => (await begin(await answered(server))).said, { timeout: 20_000 }).toBe('waiting');
  });

  test('a flood of one address is slowed down', async () => {
    const door = await doorServices();
    await door.addOfficer('Sari');
    const answers = [];
    for (let i = 0; i < 21; i += 1) answers.push((await post(door.server, Buffer.alloc(4), 'x')).statusCode);
    expect(answers.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 403));
    expect(answers[20]).toBe(429);
  });
});

describe('looking', () => {
  test('an unknown receipt and one without news get the same bytes', async () => {
    const door = await doorServices();
    await door.addOfficer('Sari');
    const { body, keys } = await parcel(await readersOf(door.server));
    expect((await post(door.server, body, await answered(door.server))).statusCode).toBe(200);
    const known = await look(door.server, keys.lookup);
    const unknown = await look(door.server, (await receiptKeys(makeReceipt())).lookup);
    const { date: _known, ...knownHeaders } = known.headers;
    const { date: _unknown, ...unknownHeaders } = unknown.headers;
    expect(known.statusCode).toBe(200);
    expect(known.json<SealedAnswers>()).toEqual({ news: [], answers: [] });
    expect(unknown.rawPayload.equals(known.rawPayload)).toBe(true);
    expect(unknownHeaders).toEqual(knownHeaders);
  });

  test('what is no lookup id is refused; trying is slowed down', async () => {
    const { server } = await doorServices();
    for (const lookup of [undefined, 1, '', 'x'.repeat(44), '*'.repeat(43)])
      expect([lookup, (await look(server, lookup)).statusCode]).toEqual([lookup, 400]);
    const tried = [];
    for (let i = 0; i < 30; i += 1) tried.push((await look(server, 'A'.repeat(43))).statusCode);
    expect(tried).toContain(200);
    expect(tried.at(-1)).toBe(429);
  });
});
