/** From a message that somebody writes to the stanza that the bot gets. */
import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import { dress, editMark, freshId, mediaType, stanzaType, type Viewpoint } from './content.ts';
import type { Group } from './group.ts';
import type { SendOptions } from './messages.ts';
import type { Person } from './person.ts';
import { Sent } from './sent.ts';
import type { Sealed, SignalDevice } from './signal-device.ts';
import { seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

export const STATUS = 'status@broadcast';

/** Where somebody writes. */
export type Place =
  | { readonly kind: 'direct' }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'status' }
  /** The owner's phone writes to somebody, and the bot gets a copy. */
  | { readonly kind: 'copy'; readonly to: Person }
  /** The owner's phone tells its linked device something. */
  | { readonly kind: 'internal' };

type Attributes = Readonly<Record<string, string | undefined>>;

/** How a person writes in a place: LID or number. */
function addressing(person: Person, place: Place, options: SendOptions): 'lid' | 'phone' {
  if (place.kind === 'group') return place.group.addressing;
  if (place.kind === 'internal') return 'phone';
  return person.phoneUser === undefined ? 'lid' : (options.addressing ?? 'lid');
}

export function viewpoint(world: World, person: Person, place: Place, options: SendOptions = {}): Viewpoint {
  const mode = addressing(person, place, options);
  const bot = world.owner.address(mode);
  const self = person.address(mode);
  switch (place.kind) {
    case 'group':
      return { chat: place.group.jid, bot, self, group: true };
    case 'status':
      return { chat: STATUS, bot, self, group: true };
    case 'copy':
      return { chat: place.to.address(mode), bot, self, group: false };
    case 'direct':
    case 'internal':
      return { chat: bot, bot, self, group: false };
    default:
      return place satisfies never;
  }
}

function route(person: Person, place: Place, options: SendOptions): Attributes {
  const mode = addressing(person, place, options);
  const device = options.device ?? 0;
  const self = person.address(mode, device);
  const other = options.withoutAlternate ? undefined : person.alternate(mode);
  switch (place.kind) {
    case 'direct':
      return { from: self, [mode === 'lid' ? 'sender_pn' : 'sender_lid']: other };
    case 'group':
      return {
        from: place.group.jid,
        participant: self,
        [mode === 'lid' ? 'participant_pn' : 'participant_lid']: other,
        addressing_mode: mode === 'lid' ? 'lid' : 'pn',
      };
    case 'status':
      return { from: STATUS, participant: self, [mode === 'lid' ? 'participant_pn' : 'participant_lid']: other };
    case 'copy': {
      const alternate = options.withoutAlternate ? undefined : place.to.alternate(mode);
      const name = mode === 'lid' ? 'peer_recipient_pn' : 'peer_recipient_lid';
      return { from: self, recipient: place.to.address(mode), [name]: alternate };
    }
    case 'internal':
      return { from: self, category: 'peer', push_priority: 'high' };
    default:
      return place satisfies never;
  }
}

const encryptedNode = ({ type, ciphertext }: Sealed, media: string | undefined, count?: number): BinaryNode =>
  stanza('enc', { v: 2, type, mediatype: media, count }, ciphertext);

function damaged(sealed: readonly Sealed[]): Sealed[] {
  return sealed.map(({ type, ciphertext }, index) => {
    const copy = Buffer.from(ciphertext);
    if (index === sealed.length - 1) copy[copy.length - 1]! ^= 0xff;
    return { type, ciphertext: copy };
  });
}

/** Encrypts a message for the bot and puts it into its queue, or holds it. */
export async function write(
  world: World,
  person: Person,
  place: Place,
  plain: proto.IMessage,
  options: SendOptions = {},
): Promise<Sent> {
  const view = viewpoint(world, person, place, options);
  const content = place.kind === 'internal' ? plain : dress(plain, options, view);
  const carried =
    place.kind === 'copy' ? { deviceSentMessage: { destinationJid: view.chat, message: content } } : content;
  const id = options.id ?? freshId();
  const to = route(person, place, options);
  const device = (): SignalDevice => person.device(options.device ?? 0);
  const media = mediaType(content);
  const envelope = (parts: readonly BinaryNode[]) =>
    stanza(
      'message',
      {
        id,
        ...to,
        type: stanzaType(content),
        t: seconds(options.at),
        notify: place.kind === 'internal' ? undefined : person.name,
        edit: editMark(content),
        ...options.attrs,
      },
      parts,
    );
  const seal = async (): Promise<Sealed[]> =>
    view.group
      ? device().encryptForGroup(world.bot, view.chat, to.participant!, carried)
      : [await device().encrypt(world.bot, carried)];

  const sealed = await seal();
  const parts = (options.corrupt ? damaged(sealed) : sealed).map((part) => encryptedNode(part, media));
  let repetitions = 0;
  const sent = new Sent(world, envelope(parts), content, async (session) => {
    repetitions += 1;
    await device().renew(world.bot, session);
    const again = view.group
      ? await device().encryptAgainForGroup(world.bot, view.chat, to.participant!, carried)
      : await device().encrypt(world.bot, carried);
    return envelope([encryptedNode(again, media, repetitions)]);
  });
  if (!options.hold) sent.deliver();
  return sent;
}
