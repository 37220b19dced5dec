/** Who exists, with which devices and keys: usync and prekey queries. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Person } from './person.ts';
import { child, children, isLid, parts, phoneJid, seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

/** `<usync>`: for every user that is asked about, what every protocol in the query knows. */
export function findUsers(world: World, usync: BinaryNode): BinaryNode {
  const protocols = children(child(usync, 'query')).map(({ tag }) => tag);
  const users = children(child(usync, 'list'), 'user').map((user) => describe(world, user, protocols));
  const attrs = { context: usync.attrs.context, mode: usync.attrs.mode, sid: usync.attrs.sid, index: 0, last: 'true' };
  const results = protocols.map((protocol) => stanza(protocol, { refresh: 3600 }));
  return stanza('usync', attrs, [stanza('result', {}, results), stanza('list', {}, users)]);
}

function describe(world: World, user: BinaryNode, protocols: readonly string[]): BinaryNode {
  const wanted = child(user, 'contact')?.content;
  const number =
    wanted === undefined
      ? undefined
      : Buffer.from(wanted as Uint8Array)
          .toString()
          .replace('+', '');
  const jid = user.attrs.jid ?? phoneJid(number ?? '');
  const person = world.person(jid);
  const facts = protocols.flatMap((protocol): BinaryNode[] => {
    switch (protocol) {
      case 'devices':
        return person ? [deviceList(world, person)] : [];
      case 'lid':
        return person && !isLid(jid) ? [stanza('lid', { val: person.address('lid') })] : [];
      case 'contact':
        return [stanza('contact', { type: person ? 'in' : 'out' })];
      case 'status':
        return [stanza('status', { t: seconds() })];
      default:
        return [];
    }
  });
  return stanza('user', { jid }, facts);
}

function deviceList(world: World, person: Person): BinaryNode {
  const own = person.devices.map(({ number }) => number);
  const linked = person === world.owner && world.companion ? [world.companion.device] : [];
  const entries = [...own, ...linked].map((id) => stanza('device', { id, 'key-index': id === 0 ? undefined : id }));
  return stanza('devices', {}, [stanza('device-list', {}, entries), stanza('key-index-list', { ts: seconds() })]);
}

/** `<key>`: public keys for new sessions, one prekey each. */
export async function keyBundles(world: World, users: readonly BinaryNode[]): Promise<BinaryNode> {
  const entries = users.map(async ({ attrs }) =>
    stanza('user', { jid: attrs.jid, t: seconds() }, await bundleOf(world, attrs.jid!)),
  );
  return stanza('list', {}, await Promise.all(entries));
}

async function bundleOf(world: World, jid: string): Promise<BinaryNode[]> {
  const { device } = parts(jid);
  const person = world.person(jid);
  if (person === world.owner && world.companion?.device === device) return world.companion.bundleNodes();
  const owned = person?.devices[device];
  return owned ? await owned.bundle() : [stanza('error', { code: 404, text: 'item-not-found' })];
}
