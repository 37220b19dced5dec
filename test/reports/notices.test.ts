/** Officers are told that something is new: through a real Bot API server and a real mail server, over restarts, and nothing more. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NoticeError, type NoticeEvent, type NoticeSender, Notices } from '../../src/reports/notices.ts';
import { mailNotices } from '../../src/reports/notices-mail.ts';
import { telegramNotices } from '../../src/reports/notices-telegram.ts';
import type { Database } from '../../src/store/database.ts';
import { inOneChange } from '../../src/store/reports/change.ts';
import { triedNotices } from '../../src/store/reports/notices.ts';
import { FakeBotApi } from '../support/bot-api.ts';
import { DATABASES, SQLITE } from '../support/databases.ts';

const GROUP = -1001234567890;
const MINUTE = 60_000;
const TEXT = 'Ada yang baru di meja petugas.';

/** Notices on a database, with a clock of their own. */
function notices(database: Database, senders: readonly NoticeSender[]) {
  const events: NoticeEvent[] = [];
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') };
  const onError = (error: unknown) => {
    throw error;
  };
  const made = new Notices({
    database,
    senders,
    now: () => clock.now,
    onEvent: (event) => void events.push(event),
    onError,
  });
  const plan = () => inOneChange(database, made.plan);
  /** Some minutes later, what is due goes out. */
  const later = async (minutes: number) => {
    clock.now += minutes * MINUTE;
    await made.deliverDue();
  };
  return { made, events, plan, later, clock };
}

async function botApi() {
  const telegram = await FakeBotApi.start();
  onTestFinished(() => telegram.stop());
  const sender = telegramNotices({ apiRoot: telegram.url, token: telegram.token, chat: String(GROUP) });
  return { telegram, sender };
}

interface Mail {
  readonly to: readonly string[];
  readonly raw: string;
}

async function mailServer(refuse: (address: string) => boolean = () => false) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onAuth: (auth, _session, done) =>
      auth.password === 'benar' ? done(null, { user: 'x' }) : done(new Error('salah sandi')),
    onRcptTo: ({ address }, _session, done) => (refuse(address) ? done(new Error('no such user')) : done()),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const sender = (login = '', host = '127.0.0.1') =>
    mailNotices({
      url: `smtp://${login}${host}:${port}`,
      from: 'tanya@contoh.go.id',
      to: ['rina@contoh.go.id', 'budi@contoh.go.id'],
    });
  return { mails, sender };
}

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('a hundred reports, one message on each way, 5 to 30 minutes later, with no content', async () => {
    const database = await (await fresh()).open();
    const { telegram, sender } = await botApi();
    const mail = await mailServer();
    const { plan, later, events } = notices(database, [sender, mail.sender()]);
    for (let i = 0; i < 100; i++) await plan();
    await later(4.9);
    expect([telegram.sent(GROUP).length, mail.mails.length]).toEqual([0, 0]);
    await later(25.2);
    expect(telegram.sent(GROUP).map(({ text }) => text)).toEqual([TEXT]);
    expect(telegram.calls('sendMessage')[0]?.payload).toEqual({ chat_id: String(GROUP), text: TEXT });
    const [letter] = mail.mails;
    expect(mail.mails).toHaveLength(1);
    expect(letter?.to).toEqual(['rina@contoh.go.id', 'budi@contoh.go.id']);
    // the officers' addresses are on the envelope, not in the letter
    expect(letter?.raw).not.toContain('rina@');
    expect(letter?.raw).toContain(`Subject: ${TEXT}`);
    expect(letter?.raw.split('\r\n\r\n').slice(1).join('').trim()).toBe(TEXT);
    expect(events).toEqual([
      { kind: 'sent', way: 'telegram' },
      { kind: 'sent', way: 'mail' },
    ]);
    await later(600);
    expect([telegram.sent(GROUP).length, mail.mails.length]).toEqual([1, 1]);
  });

  test('after a restart it still goes out, once, whoever looks first', async () => {
    const opened = await fresh();
    const { telegram, sender } = await botApi();
    const before = await opened.open();
    await notices(before, [sender]).plan();
    const [one, two] = [notices(await opened.open(), [sender]), notices(await opened.open(), [sender])];
    await Promise.all([one.later(31), two.later(31)]);
    expect(telegram.sent(GROUP)).toHaveLength(1);
    expect([...one.events, ...two.events]).toEqual([{ kind: 'sent', way: 'telegram' }]);
  });

  test('what fails is tried again after 1, 5, 15 minutes; the desk can see it meanwhile', async () => {
    const database = await (await fresh()).open();
    const { telegram, sender } = await botApi();
    const { plan, later, events } = notices(database, [sender]);
    telegram.fail('sendMessage', { kind: 'error', code: 500 });
    telegram.fail('sendMessage', { kind: 'reset' });
    telegram.fail('sendMessage', { kind: 'garbage', body: '<html>' });
    await plan();
    await later(31);
    await later(0.9);
    expect(events.map((event) => ('code' in event ? event.code : event.kind))).toEqual(['telegram-500']);
    expect(await triedNotices(database)).toEqual([{ id: 'telegram', attempts: 1 }]);
    await later(0.2);
    await later(4.9);
    expect(events).toHaveLength(2);
    await later(0.2);
    await later(14.9);
    expect(events).toHaveLength(3);
    expect(telegram.sent(GROUP)).toHaveLength(0);
    await later(0.2);
    expect(telegram.sent(GROUP)).toHaveLength(1);
    expect(events.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed', 'sent']);
    expect(await triedNotices(database)).toEqual([]);
  });

  test('one way that fails does not hold up the other', async () => {
    const database = await (await fresh()).open();
    const { telegram, sender } = await botApi();
    const mail = await mailServer(() => true);
    const { plan, later, events } = notices(database, [sender, mail.sender()]);
    await plan();
    await later(31);
    await later(2);
    expect(telegram.sent(GROUP)).toHaveLength(1);
    expect(events.filter(({ way }) => way === 'mail').map(({ kind }) => kind)).toEqual(['failed', 'failed']);
    expect(await triedNotices(database)).toEqual([{ id: 'mail', attempts: 2 }]);
  });

  test('what comes in while a notice is going out gets one of its own', async () => {
    const database = await (await fresh()).open();
    let sent = 0;
    const sender: NoticeSender = {
      id: 'telegram',
      send: async () => {
        if (++sent === 1) await desk.plan();
        return 'sent';
      },
    };
    const desk = notices(database, [sender]);
    await desk.plan();
    await desk.later(31);
    expect(sent).toBe(1);
    await desk.later(31);
    expect(sent).toBe(2);
    await desk.later(600);
    expect(sent).toBe(2);
  });
});

describe('ways of telling', () => {
  const oneTry = async (sender: NoticeSender): Promise<string> => {
    try {
      return await sender.send(TEXT);
    } catch (error) {
      expect(error).toBeInstanceOf(NoticeError);
      const { message, code, stack, cause } = error as NoticeError;
      // nothing of an address, a token or a password in what may be logged
      const told = `${message} ${code} ${stack} ${String(cause)}`;
      expect(told).not.toMatch(/contoh|rina|123456789|AAtest|benar|salah|1001234567890/);
      return code;
    }
  };

  test('Telegram: a wrong token, a group that is gone, nobody there', async () => {
    const { telegram, sender } = await botApi();
    const chat = String(GROUP);
    expect(await oneTry(telegramNotices({ apiRoot: telegram.url, token: '123456789:AAwrong', chat }))).toBe(
      'telegram-401',
    );
    telegram.lose(GROUP, 'blocked');
    expect(await oneTry(sender)).toBe('telegram-403');
    await telegram.stop();
    expect(await oneTry(sender)).toMatch(/^(?:ECONN\w+|UND_ERR_SOCKET)$/);
  });

  test('Telegram: an answer without a message number is none', async () => {
    const { telegram, sender } = await botApi();
    telegram.fail('sendMessage', { kind: 'garbage', body: '{"ok":true,"result":true}' });
    expect(await oneTry(sender)).toBe('no-answer');
    telegram.fail('sendMessage', { kind: 'garbage', body: '[]' });
    expect(await oneTry(sender)).toBe('no-answer');
  });

  test('mail: with the right password, with a wrong one, and where nobody answers', async () => {
    const { mails, sender } = await mailServer();
    expect(await oneTry(sender('tanya%40contoh:benar@'))).toBe('sent');
    expect(mails).toHaveLength(1);
    expect(await oneTry(sender('tanya%40contoh:keliru@'))).toBe('EAUTH');
    const url = 'smtp://127.0.0.1:1';
    expect(await oneTry(mailNotices({ url, from: 'a@contoh', to: ['b@contoh'] }))).toBe('ESOCKET');
  });

  test('mail: one address refused is partly, all refused is a failure', async () => {
    const some = await mailServer((address) => address.startsWith('budi'));
    expect(await oneTry(some.sender())).toBe('partly');
    expect(some.mails.map(({ to }) => to)).toEqual([['rina@contoh.go.id']]);
    const all = await mailServer(() => true);
    expect(await oneTry(all.sender())).toBe('EENVELOPE');
  });

  test('mail: never unencrypted to another machine', async () => {
    const { mails, sender } = await mailServer();
    // a loopback address that is not known as this machine
    expect(await oneTry(sender('a:benar@', '127.0.0.2'))).not.toBe('sent');
    expect(mails).toHaveLength(0);
  });
});

test('without any way of telling nothing is stored, and what was is forgotten', async () => {
  const database = await (await SQLITE.fresh()).open();
  const { sender } = await botApi();
  await notices(database, [sender]).plan();
  const without = notices(database, []);
  await without.plan();
  without.made.start();
  await without.made.stop();
  await expect.poll(() => database.selectFrom('notices').selectAll().execute()).toEqual([]);
});
