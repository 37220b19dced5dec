/** What the server does with the stanzas of a bot that is logged in. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Companion } from './companion.ts';
import type { Connection } from './connection.ts';
import { deliver, refusal } from './delivery.ts';
import type { Faults } from './faults.ts';
import type { Presence, Receipt } from './messages.ts';
import type { Owner } from './owner.ts';
import type { Queries } from './queries.ts';
import { child, children, SERVER, seconds, stanza } from './stanza.ts';
import type { World } from './world.ts';

export interface Office {
  readonly world: World;
  readonly owner: Owner;
  readonly faults: Faults;
  readonly queries: Queries;
  readonly presences: Presence[];
  readonly history: boolean;
  /** The bot has asked for what waits for it: it counts as logged in. */
  ready(session: BotSession): void;
}

export class BotSession {
  readonly connection: Connection;
  readonly #office: Office;
  readonly #companion: Companion;

  constructor(connection: Connection, office: Office) {
    this.connection = connection;
    this.#office = office;
    this.#companion = office.world.bot;
    const { lid } = this.#companion;
    connection.send(stanza('success', { t: seconds(), lid, props: 27, location: 'frc' }));
    const routing = stanza('routing_info', {}, Buffer.from([8, 14, 8, 5]));
    connection.send(stanza('ib', { from: SERVER }, [stanza('edge_routing', {}, [routing])]));
  }

  handle(node: BinaryNode): void {
    const { world } = this.#office;
    // its link has ended while this was under way
    if (world.companion !== this.#companion) return;
    switch (node.tag) {
      case 'iq':
        if (node.attrs.type === 'get' || node.attrs.type === 'set')
          void this.#answer(node).catch((error) => world.changes.fail(error));
        break;
      case 'message':
        this.#take(node);
        break;
      case 'receipt':
        this.#receipt(node);
        break;
      case 'ack':
        this.#acknowledged(node);
        break;
      case 'presence':
      case 'chatstate':
        this.#presence(node);
        break;
      case 'ib':
        if (child(node, 'offline_batch')) this.#handOver();
        break;
      default:
        this.#reply(stanza('ack', { class: node.tag, id: node.attrs.id, from: node.attrs.to }));
    }
    world.changes.changed();
  }

  #reply(node: BinaryNode, pong = false): void {
    const { delay } = this.#office.faults;
    if (delay === 0) this.connection.send(node, pong);
    else setTimeout(() => this.connection.send(node, pong), delay).unref();
  }

  async #answer(iq: BinaryNode): Promise<void> {
    const [request] = children(iq);
    this.#reply(await this.#office.queries.answer(iq), request?.tag === 'ping');
    if (iq.attrs.xmlns === 'passive' && request?.tag === 'active') {
      this.connection.send(this.#office.world.mailbox.preview());
    }
    if (request?.tag === 'remove-companion-device') {
      this.#office.world.unlink();
      this.connection.end();
    }
  }

  /** Delivers what waited; at a first login the phone introduces itself. */
  #handOver(): void {
    const { world, owner, history } = this.#office;
    world.mailbox.open((node) => this.connection.send(node));
    this.#office.ready(this);
    if (this.#companion.greeted) return;
    this.#companion.greeted = true;
    if (history) {
      void owner
        .shareKeys()
        .then(() => owner.sendHistory())
        .catch((error: unknown) => world.changes.fail(error));
    }
  }

  #take(node: BinaryNode): void {
    const { world, faults } = this.#office;
    const fate = faults.nextMessage();
    if (fate.kind === 'swallow') return;
    const code = fate.kind === 'refuse' ? fate.code : refusal(world, node);
    const { id, to, participant } = node.attrs;
    this.#reply(stanza('ack', { class: 'message', id, from: to, participant, t: seconds(), error: code }));
    if (code === undefined) deliver(world, node);
  }

  #receipt(node: BinaryNode): void {
    const { world } = this.#office;
    const { id, type, to, participant } = node.attrs;
    this.#reply(stanza('ack', { class: 'receipt', id, type, from: to, participant }));
    const ids = [id!, ...children(child(node, 'list'), 'item').map(({ attrs }) => attrs.id!)];
    for (const each of ids) this.#note({ id: each, type: type ?? 'delivered', to: to!, participant, error: undefined });
    if (type === 'retry') {
      const sent = this.#sent(id!, to!);
      if (sent && world.answerRetries) void sent.repeat(node).catch((error: unknown) => world.changes.fail(error));
    } else {
      for (const each of ids) world.mailbox.confirm(each);
    }
  }

  #acknowledged({ attrs }: BinaryNode): void {
    const { world } = this.#office;
    const { id = '', class: kind = '', to = '', participant, error } = attrs;
    if (kind === 'message') this.#note({ id, type: 'ack', to, participant, error });
    world.mailbox.acknowledge(kind, id);
  }

  #note(receipt: Receipt): void {
    this.#office.world.receipts.push(receipt);
    this.#sent(receipt.id, receipt.to)?.receipts.push(receipt);
  }

  /** The newest message under this id, from this sender if there are several. */
  #sent(id: string, to: string) {
    const same = this.#office.world.sent.filter((sent) => sent.id === id);
    return same.findLast(({ from, chat }) => from === to || chat === to) ?? same.at(-1);
  }

  #presence(node: BinaryNode): void {
    const type = node.tag === 'chatstate' ? children(node)[0]?.tag : (node.attrs.type ?? 'name');
    const media = children(node)[0]?.attrs.media;
    this.#office.presences.push({ type: media === 'audio' ? 'recording' : (type ?? 'unknown'), to: node.attrs.to });
  }
}
