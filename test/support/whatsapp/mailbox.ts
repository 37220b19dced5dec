/** The bot's queue at the server: what it has not confirmed stays, and comes again at the next login. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Changes } from './changes.ts';
import { SERVER, stanza } from './stanza.ts';

export class Mailbox {
  readonly #changes: Changes;
  #letters: BinaryNode[] = [];
  /** Set while the bot is logged in and has got what was waiting for it. */
  #deliver: ((node: BinaryNode) => void) | undefined;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Messages that wait for a receipt. */
  get pending(): number {
    return this.#letters.filter((node) => node.tag === 'message').length;
  }

  post(node: BinaryNode): void {
    this.#letters.push(node);
    this.#deliver?.(node);
    this.#changes.changed();
  }

  /** A receipt: everything under this id has arrived. */
  confirm(id: string): void {
    this.#letters = this.#letters.filter((node) => node.tag !== 'message' || node.attrs.id !== id);
    this.#changes.changed();
  }

  /** An ack: one stanza of this kind was taken from the queue. A repetition under the same id stays. */
  acknowledge(kind: string, id: string): void {
    const index = this.#letters.findIndex((node) => node.tag === kind && node.attrs.id === id);
    if (index >= 0) this.#letters.splice(index, 1);
    this.#changes.changed();
  }

  /** Delivers what waited, marked as offline, and from then on everything at once. */
  open(deliver: (node: BinaryNode) => void): void {
    const waiting = [...this.#letters];
    for (const [index, node] of waiting.entries()) {
      deliver({ ...node, attrs: { ...node.attrs, offline: String(index) } });
    }
    deliver(stanza('ib', { from: SERVER }, [stanza('offline', { count: waiting.length })]));
    this.#deliver = deliver;
  }

  close(): void {
    this.#deliver = undefined;
  }

  /** Forgets everything: the device is no longer linked. */
  clear(): void {
    this.#letters = [];
    this.#changes.changed();
  }

  /** What to tell a client before it asks for its mail. */
  preview(): BinaryNode {
    const of = (kind: string) => this.#letters.filter((node) => node.tag === kind).length;
    const counts = {
      count: this.#letters.length,
      message: of('message'),
      receipt: of('receipt'),
      notification: of('notification'),
    };
    return stanza('ib', { from: SERVER }, [stanza('offline_preview', counts)]);
  }
}
