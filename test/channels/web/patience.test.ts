/** Whoever is slow gets through, whoever only holds the connection does not: over real sockets. */
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep, setInterval as ticks } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MOST_BODY } from '../../../src/channels/web/door/contract.ts';
import { connectionOptions, PATIENCE, type Patience, timeFor } from '../../../src/channels/web/patience.ts';
import { realBrain } from '../../support/brain.ts';
import { webServices } from '../../support/web-services.ts';

/** What is not tried in a test waits for long. */
const LONG: Patience = { headers: 60_000, silence: 60_000, between: 60_000, body: 60_000, slowest: 1, check: 50 };

async function served(patience: Partial<Patience>) {
  const { server } = await webServices(await realBrain(), undefined, undefined, { ...LONG, ...patience });
  onTestFinished(() => server.close());
  server.post('/refused', { onRequest: async (_request, reply) => reply.status(403).send({}) }, async () => ({}));
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  return () => new Client(connect(port, '127.0.0.1'));
}

/** A browser that writes what and when it likes. */
class Client {
  readonly #socket: Socket;
  readonly ended: Promise<'ended'>;
  said = '';

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text) => {
      this.said += text;
    });
    // a connection that was cut off is one that has ended
    socket.on('error', () => {});
    this.ended = new Promise((resolve) => void socket.once('close', () => resolve('ended')));
    onTestFinished(() => void socket.destroy());
  }

  write(text: string): void {
    if (this.#socket.writable) this.#socket.write(text);
  }

  /** Writes it again and again, and never finishes. */
  async trickle(text: string): Promise<void> {
    for await (const _ of ticks(20)) {
      if (this.#socket.destroyed) return;
      this.write(text);
    }
  }
}

const head = (path: string, length: number): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

describe('ended is', () => {
  test('a connection that says nothing', async () => {
    const client = (await served({ headers: 200 }))();
    expect(await client.ended).toBe('ended');
  });

  test('one whose headers never end', async () => {
    const client = (await served({ headers: 200 }))();
    client.write('POST /api/chat HTTP/1.1\r\nhost: localhost\r\n');
    void client.trickle('x-more: 1\r\n');
    expect(await client.ended).toBe('ended');
  });

  test('one whose body comes drop by drop', async () => {
    const client = (await served({ body: 200, slowest: 1_000_000 }))();
    client.write(head('/api/chat', 100_000));
    void client.trickle(' ');
    expect([await client.ended, client.said]).toEqual(['ended', '']);
  });

  test('one that trickles on after it was refused', async () => {
    const client = (await served({ body: 200, slowest: 1_000_000 }))();
    client.write(head('/refused', 100_000));
    void client.trickle(' ');
    expect(await client.ended).toBe('ended');
    expect(client.said).toContain('403');
  });

  test('one that falls silent in the middle of a body', async () => {
    const client = (await served({ silence: 200 }))();
    client.write(`${head('/api/chat', 1000)}{`);
    expect(await client.ended).toBe('ended');
  });

  test('one that asks for nothing more', async () => {
    const client = (await served({ between: 200 }))();
    client.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n');
    expect(await client.ended).toBe('ended');
    expect(client.said).toContain('200 OK');
  });
});

test('a body that comes slowly, but as fast as it must, is answered', async () => {
  // far more than the time without its size
  const client = (await served({ body: 50, slowest: 100 }))();
  const body = JSON.stringify({ session: null, text: 'boleh like postingan calon?' }).padEnd(4000);
  client.write(head('/api/chat', body.length));
  for (let at = 0; at < body.length; at += 400) {
    client.write(body.slice(at, at + 400));
    await sleep(40);
  }
  await expect.poll(() => client.said, { timeout: 20_000 }).toContain('TIDAK BOLEH');
});

test('as it is set: the largest tip gets through at 0.25 Mbit/s, and no limit of the connection comes before', () => {
  const seconds = (MOST_BODY * 8) / 250_000;
  expect(timeFor(MOST_BODY, PATIENCE)).toBeGreaterThan(seconds * 1000);
  expect(connectionOptions(PATIENCE).requestTimeout).toBeGreaterThan(timeFor(MOST_BODY, PATIENCE));
  // what is not an upload has less than a minute
  expect(timeFor(512 * 1024, PATIENCE)).toBeLessThan(60_000);
});
