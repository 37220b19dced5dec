/** From a stanza of the bot to the devices of those it is for. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Encryption, Sealed } from './signal-device.ts';
import { child, children, isGroup, parts } from './stanza.ts';
import type { World } from './world.ts';

function sealedIn(node: BinaryNode | undefined): Sealed[] {
  return children(node, 'enc').map(({ attrs, content }) => ({
    type: attrs.type as Encryption,
    ciphertext: content as Uint8Array,
  }));
}

/** Why the server refuses the message, if it does. */
export function refusal(world: World, node: BinaryNode): number | undefined {
  const to = node.attrs.to!;
  if (isGroup(to)) {
    const group = world.group(to);
    return group ? (group.botIsMember ? undefined : 403) : 404;
  }
  return /@(lid|s\.whatsapp\.net)$/.test(to) && !world.person(to) ? 404 : undefined;
}

export function deliver(world: World, node: BinaryNode): void {
  const to = node.attrs.to!;
  const group = isGroup(to) ? world.group(to) : undefined;
  const common = sealedIn(node);
  const singles = new Map(children(child(node, 'participants'), 'to').map((part) => [part.attrs.jid!, sealedIn(part)]));
  const receive = (jid: string, sealed: readonly Sealed[]) => {
    const person = world.person(jid);
    const { device } = parts(jid);
    // its own device is not ours to read for; a device that is gone reads nothing
    if (person?.devices[device]) void person.receive({ to: jid, device, sealed, node });
  };

  if (!group || node.attrs.participant) {
    if (common.length) receive(node.attrs.participant ?? to, common);
    for (const [jid, sealed] of singles) receive(jid, sealed);
    return;
  }
  for (const member of group.members) {
    for (const { number } of member.devices) {
      const jid = member.address(group.addressing, number);
      receive(jid, [...(singles.get(jid) ?? []), ...common]);
    }
  }
}
