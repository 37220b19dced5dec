/** A group and its members. */
import { randomInt } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { FakeGroup, FakePeer, GroupOptions } from './interface.ts';
import type { Peer } from './peer.ts';
import type { Person } from './person.ts';
import { seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

export class Group implements FakeGroup {
  readonly jid = `1203630${randomInt(10 ** 10, 10 ** 11 - 1)}@g.us`;
  readonly subject: string;
  readonly addressing: 'lid' | 'phone';
  botIsMember = true;
  readonly #world: World;
  readonly #options: GroupOptions;
  readonly #participants: Peer[];
  readonly #created = seconds();

  constructor(world: World, options: GroupOptions) {
    this.#world = world;
    this.#options = options;
    this.subject = options.subject ?? 'Kantor';
    this.addressing = options.addressing ?? 'lid';
    this.#participants = [...options.participants] as Peer[];
  }

  get participants(): readonly Peer[] {
    return this.#participants;
  }

  /** Everybody whose devices get the messages of the group. */
  get members(): readonly Person[] {
    const peers = this.#participants.map(({ person }) => person);
    return this.botIsMember ? [...peers, this.#world.owner] : peers;
  }

  get bot(): string {
    return this.#world.owner.address(this.addressing);
  }

  async add(peer: FakePeer | 'bot', by?: FakePeer): Promise<void> {
    if (peer === 'bot') this.botIsMember = true;
    else if (!this.#participants.includes(peer as Peer)) this.#participants.push(peer as Peer);
    this.#announce('add', peer, by);
  }

  async remove(peer: FakePeer | 'bot', by?: FakePeer): Promise<void> {
    const index = peer === 'bot' ? -1 : this.#participants.indexOf(peer as Peer);
    if (index >= 0) this.#participants.splice(index, 1);
    this.#announce('remove', peer, by);
    if (peer === 'bot') this.botIsMember = false;
  }

  /** The answer to a query for the group. */
  describe(): BinaryNode {
    const { ephemeral, announce } = this.#options;
    const attrs = {
      id: this.jid.split('@')[0],
      subject: this.subject,
      s_t: this.#created,
      creation: this.#created,
      creator: this.members[0]?.address(this.addressing),
      addressing_mode: this.addressing === 'lid' ? 'lid' : 'pn',
      size: this.members.length,
    };
    return stanza('group', attrs, [
      ...(ephemeral === undefined ? [] : [stanza('ephemeral', { expiration: ephemeral })]),
      ...(announce ? [stanza('announcement')] : []),
      ...this.members.map((member, index) => this.#entry(member, index === 0 ? 'superadmin' : undefined)),
    ]);
  }

  #entry(member: Person, type?: string): BinaryNode {
    const other = member.alternate(this.addressing);
    const alternate = this.addressing === 'lid' ? { phone_number: other } : { lid: other };
    return stanza('participant', { jid: member.address(this.addressing), ...alternate, type });
  }

  #announce(change: 'add' | 'remove', peer: FakePeer | 'bot', by?: FakePeer): void {
    const person = peer === 'bot' ? this.#world.owner : (peer as Peer).person;
    const actor = by ? (by as Peer).person : person;
    const pn = actor.phoneUser === undefined ? {} : { participant_pn: actor.address('phone') };
    const attrs = {
      from: this.jid,
      participant: actor.address(this.addressing),
      ...(this.addressing === 'lid' ? pn : {}),
    };
    if (this.botIsMember) {
      this.#world.mailbox.post(this.#world.notification('w:gp2', attrs, [stanza(change, {}, [this.#entry(person)])]));
    }
  }
}
