/** Everything that the parts of the server share. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { Changes } from './changes.ts';
import { Companion, type CompanionKeys } from './companion.ts';
import type { Group } from './group.ts';
import { Mailbox } from './mailbox.ts';
import { MediaHost } from './media.ts';
import type { Receipt } from './messages.ts';
import type { Person } from './person.ts';
import type { Sent } from './sent.ts';
import { parts, SERVER, seconds, stanza } from './stanza.ts';

/** The first linked device of an account is rarely number 1. */
const FIRST_DEVICE = 12;

export class World {
  readonly changes = new Changes();
  readonly media = new MediaHost();
  readonly mailbox = new Mailbox(this.changes);
  readonly answerRetries: boolean;
  readonly owner: Person;
  readonly people: Person[];
  readonly groups: Group[] = [];
  readonly sent: Sent[] = [];
  readonly receipts: Receipt[] = [];
  /** For what is not worth keeping: typing, presence. Sends only while the bot is connected. */
  whisper: (node: BinaryNode) => void = () => undefined;
  #companion: Companion | undefined;
  #nextDevice = FIRST_DEVICE;
  #stanzas = 0;

  constructor(answerRetries: boolean, owner: (world: World) => Person) {
    this.answerRetries = answerRetries;
    this.owner = owner(this);
    this.people = [this.owner];
  }

  get companion(): Companion | undefined {
    return this.#companion;
  }

  /** The bot as a recipient; throws while none is linked. */
  get bot(): Companion {
    if (!this.#companion) throw new Error('no bot is linked');
    return this.#companion;
  }

  link(keys: CompanionKeys): Companion {
    this.unlink();
    this.#companion = new Companion(
      this.#nextDevice++,
      { lid: this.owner.lidUser, phone: this.owner.phoneUser! },
      keys,
      (left) => this.mailbox.post(this.notification('encrypt', {}, [stanza('count', { value: left })])),
    );
    return this.#companion;
  }

  unlink(): void {
    this.#companion = undefined;
    this.mailbox.clear();
  }

  /** An id for a stanza of the server. */
  freshStanzaId(): string {
    this.#stanzas += 1;
    return `${process.pid}.${this.#stanzas}`;
  }

  notification(
    type: string,
    attrs: Readonly<Record<string, string | undefined>>,
    content: readonly BinaryNode[],
  ): BinaryNode {
    const t = seconds();
    return stanza('notification', { from: SERVER, id: this.freshStanzaId(), type, t, ...attrs }, content);
  }

  person(jid: string): Person | undefined {
    const { user, server } = parts(jid);
    return this.people.find(({ lidUser, phoneUser }) => (server === 'lid' ? lidUser === user : phoneUser === user));
  }

  group(jid: string): Group | undefined {
    return this.groups.find((group) => group.jid === jid);
  }
}
