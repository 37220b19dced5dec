import pino from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { networkOf } from '../../../src/channels/web/network.ts';
import { buildWebServer } from '../../../src/channels/web/server.ts';
import type { Dialogue, Incoming } from '../../../src/dialogue/dialogue.ts';
import { Metrics } from '../../../src/operations/metrics.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

/** The network that the conversation is told, for a request that a proxy passes on. */
async function toldNetwork(proxy: string, trustedProxies?: readonly string[]): Promise<string | undefined> {
  const heard: Incoming[] = [];
  const receive = async (incoming: Incoming) => void heard.push(incoming);
  const server = await buildWebServer({
    dialogue: { receive } as unknown as Dialogue,
    ready: () => true,
    metrics: new Metrics(),
    log: pino({ level: 'silent' }),
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  });
  onTestFinished(() => server.close());
  const headers = { 'x-forwarded-for': '198.51.100.9, 203.0.113.7' };
  await server.inject({ method: 'POST', url: '/api/chat', remoteAddress: proxy, headers, payload: { text: 'halo' } });
  return heard[0]?.network;
}

test('behind a proxy that is trusted, visitors are told apart; what anybody else claims is not believed', async () => {
  expect(await toldNetwork('127.0.0.1')).toBe('203.0.113.7');
  expect(await toldNetwork('172.18.0.1')).toBe('172.18.0.1');
  expect(await toldNetwork('172.18.0.1', ['loopback', 'uniquelocal'])).toBe('203.0.113.7');
  expect(await toldNetwork('192.0.2.4', ['192.0.2.0/24'])).toBe('203.0.113.7');
  expect(await toldNetwork('192.0.3.4', ['192.0.2.0/24'])).toBe('192.0.3.4');
});
