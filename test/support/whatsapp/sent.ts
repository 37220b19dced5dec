/** A message to the bot: its stanza, its receipts, and its repetition when the bot could not read it. */
import { type BinaryNode, extractE2ESessionFromRetryReceipt, type proto } from '@whiskeysockets/baileys';
import type { Receipt, SentMessage } from './messages.ts';
import type { Session } from './signal-device.ts';
import type { World } from './world.ts';

/** Encrypts the message anew; with a session if the bot has sent keys for one. */
export type Reseal = (session?: Session) => Promise<BinaryNode>;

export class Sent implements SentMessage {
  readonly id: string;
  readonly chat: string;
  readonly participant: string | undefined;
  readonly content: proto.IMessage;
  readonly receipts: Receipt[] = [];
  /** The sender's address as in the stanza. */
  readonly from: string;
  readonly #world: World;
  readonly #reseal: Reseal;
  #node: BinaryNode;

  constructor(world: World, node: BinaryNode, content: proto.IMessage, reseal: Reseal) {
    this.#world = world;
    this.#node = node;
    this.#reseal = reseal;
    this.content = content;
    this.id = node.attrs.id!;
    this.from = node.attrs.from!;
    this.chat = node.attrs.recipient ?? this.from;
    this.participant = node.attrs.participant;
    world.sent.push(this);
  }

  deliver(): void {
    this.#world.mailbox.post(this.#node);
  }

  async resend(): Promise<void> {
    await this.repeat();
  }

  waitForReceipt(type = 'delivered', timeout?: number): Promise<Receipt> {
    const fits = (receipt: Receipt) => receipt.type === type || (type === 'delivered' && receipt.type === 'inactive');
    const came = () => this.receipts.map((receipt) => receipt.type).join(', ') || 'none';
    return this.#world.changes.until(
      () => this.receipts.find(fits),
      timeout,
      () => `no receipt "${type}" for ${this.id}; came: ${came()}`,
    );
  }

  /** @param request the retry receipt of the bot, perhaps with new keys */
  async repeat(request?: BinaryNode): Promise<void> {
    const session = request && extractE2ESessionFromRetryReceipt(request);
    this.#node = await this.#reseal(session ? (session as Session) : undefined);
    this.deliver();
  }
}
