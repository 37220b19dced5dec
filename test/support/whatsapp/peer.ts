/** A person who writes to the bot. */
import { randomBytes } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import { editContent, freshId, reactionContent, revokeContent, textContent } from './content.ts';
import type { Group } from './group.ts';
import type { FakeGroup, FakePeer, Voice } from './interface.ts';
import type { MediaKind } from './media.ts';
import type { MediaOptions, ReceivedMessage, SendOptions, SentMessage } from './messages.ts';
import type { Person } from './person.ts';
import { type Place, viewpoint, write } from './sending.ts';
import { seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

/** A person in one place. */
class PlacedVoice implements Voice {
  readonly #world: World;
  readonly #person: Person;
  readonly #place: Place;

  constructor(world: World, person: Person, place: Place) {
    this.#world = world;
    this.#person = person;
    this.#place = place;
  }

  sendMessage(content: proto.IMessage, options: SendOptions = {}): Promise<SentMessage> {
    return write(this.#world, this.#person, this.#place, content, options);
  }

  sendText(text: string, options: SendOptions = {}): Promise<SentMessage> {
    return this.sendMessage(textContent(text, options, this.#view(options)), options);
  }

  sendImage(bytes: Uint8Array, options: MediaOptions = {}): Promise<SentMessage> {
    return this.#sendFile(bytes, 'image', options);
  }

  sendDocument(bytes: Uint8Array, options: MediaOptions = {}): Promise<SentMessage> {
    return this.#sendFile(bytes, 'document', options);
  }

  sendAudio(bytes: Uint8Array, options: MediaOptions = {}): Promise<SentMessage> {
    return this.#sendFile(bytes, 'audio', options);
  }

  edit(target: SentMessage, text: string, options: SendOptions = {}): Promise<SentMessage> {
    return this.sendMessage(editContent(target, text, this.#view(options)), options);
  }

  revoke(target: SentMessage, options: SendOptions = {}): Promise<SentMessage> {
    return this.sendMessage(revokeContent(target, this.#view(options)), options);
  }

  reply(quoted: SentMessage | ReceivedMessage, text: string, options: SendOptions = {}): Promise<SentMessage> {
    return this.sendText(text, { ...options, quoting: quoted });
  }

  react(target: SentMessage | ReceivedMessage, emoji: string, options: SendOptions = {}): Promise<SentMessage> {
    return this.sendMessage(reactionContent(target, emoji, this.#view(options)), options);
  }

  #sendFile(bytes: Uint8Array, kind: MediaKind, options: MediaOptions): Promise<SentMessage> {
    return this.sendMessage(this.#world.media.offer(bytes, kind, options), options);
  }

  #view(options: SendOptions) {
    return viewpoint(this.#world, this.#person, this.#place, options);
  }
}

export class Peer extends PlacedVoice implements FakePeer {
  readonly person: Person;
  readonly #world: World;

  constructor(world: World, person: Person) {
    super(world, person, { kind: 'direct' });
    this.#world = world;
    this.person = person;
  }

  get name(): string {
    return this.person.name;
  }

  get lid(): string {
    return this.person.address('lid');
  }

  get phone(): string | undefined {
    return this.person.alternate('lid');
  }

  get received(): readonly ReceivedMessage[] {
    return this.person.inbox.messages;
  }

  inGroup(group: FakeGroup): Voice {
    return new PlacedVoice(this.#world, this.person, { kind: 'group', group: group as Group });
  }

  waitForMessage(fits?: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage> {
    return this.person.inbox.waitForMessage(fits, timeout);
  }

  failNextDecrypt(times = 1): void {
    this.person.failNextDecrypt(times);
  }

  async markRead(message: ReceivedMessage): Promise<void> {
    const to = message.chat.endsWith('@g.us') ? this.lid : message.chat;
    this.#world.mailbox.post(
      this.person.receipt({ node: stanza('message', { id: message.id, to: message.chat }), to }, 'read'),
    );
  }

  async typing(active = true): Promise<void> {
    this.#world.whisper(stanza('chatstate', { from: this.lid }, [stanza(active ? 'composing' : 'paused')]));
  }

  sendStatus(text: string, options: SendOptions = {}): Promise<SentMessage> {
    const content = { extendedTextMessage: { text, backgroundArgb: 0xff000000 } };
    return write(this.#world, this.person, { kind: 'status' }, content, options);
  }

  async call(event: 'offer' | 'timeout' | 'terminate' = 'offer', id: string = freshId()): Promise<string> {
    const tag = event === 'offer' ? 'offer' : 'terminate';
    const reason = event === 'timeout' ? 'timeout' : undefined;
    const info = stanza(tag, { 'call-id': id, 'call-creator': this.lid, caller_pn: this.phone, reason });
    this.#world.mailbox.post(stanza('call', { id: this.#world.freshStanzaId(), from: this.lid, t: seconds() }, [info]));
    return id;
  }

  async reinstall(): Promise<void> {
    this.person.reinstall();
    this.#world.mailbox.post(this.#world.notification('encrypt', { from: this.lid }, [stanza('identity')]));
  }

  async sendPrivacyToken(): Promise<void> {
    const token = stanza(
      'token',
      { jid: this.#world.bot.phone, t: seconds(), type: 'trusted_contact' },
      randomBytes(16),
    );
    const attrs = { from: this.phone ?? this.lid, sender_lid: this.lid };
    this.#world.mailbox.post(this.#world.notification('privacy_token', attrs, [stanza('tokens', {}, [token])]));
  }
}
