/** Somebody with an account: addresses, devices, and what they do with a message of the bot. */
import type { BinaryNode, KeyPair, proto } from '@whiskeysockets/baileys';
import { Inbox } from './inbox.ts';
import { isVisible, read } from './reading.ts';
import { type Sealed, SignalDevice } from './signal-device.ts';
import { isGroup, lidJid, phoneJid, seconds, stanza, withDevice } from './stanza.ts';
import type { World } from './world.ts';

/** Phones give up after this many requests for the same message. */
const MOST_RETRIES = 5;

export interface PersonOptions {
  readonly name: string;
  readonly lid: string;
  readonly phone: string | undefined;
  readonly devices: number;
  readonly identity?: KeyPair;
  /** The account of the bot: gets copies, and sends no receipts for them. */
  readonly owner?: boolean;
}

/** A stanza of the bot, as one device gets it. */
export interface Delivery {
  /** The address of this device that the bot used. */
  readonly to: string;
  readonly device: number;
  readonly sealed: readonly Sealed[];
  readonly node: BinaryNode;
}

export class Person {
  readonly name: string;
  readonly lidUser: string;
  readonly phoneUser: string | undefined;
  readonly inbox: Inbox;
  readonly #world: World;
  readonly #isOwner: boolean;
  #devices: SignalDevice[];
  #reading: Promise<void> = Promise.resolve();
  /** How many of the next messages nobody can read. */
  #toFail = 0;
  readonly #failing = new Set<BinaryNode>();
  readonly #retries = new Map<string, number>();

  constructor(world: World, { name, lid, phone, devices, identity, owner = false }: PersonOptions) {
    this.#world = world;
    this.name = name;
    this.lidUser = lid;
    this.phoneUser = phone;
    this.#isOwner = owner;
    this.inbox = new Inbox(name, world.changes);
    this.#devices = Array.from(
      { length: devices },
      (_, number) => new SignalDevice(number, number === 0 ? identity : undefined),
    );
  }

  get devices(): readonly SignalDevice[] {
    return this.#devices;
  }

  device(number: number): SignalDevice {
    const device = this.#devices[number];
    if (!device) throw new Error(`${this.name} has no device ${number}`);
    return device;
  }

  address(kind: 'lid' | 'phone', device = 0): string {
    if (kind === 'lid') return lidJid(this.lidUser, device);
    if (this.phoneUser === undefined) throw new Error(`the number of ${this.name} is hidden`);
    return phoneJid(this.phoneUser, device);
  }

  /** The other way to name this person, without device, if it is known. */
  alternate(kind: 'lid' | 'phone'): string | undefined {
    if (kind === 'phone') return lidJid(this.lidUser);
    return this.phoneUser === undefined ? undefined : phoneJid(this.phoneUser);
  }

  /** New phone, new keys. */
  reinstall(): void {
    for (const device of this.#devices) device.close();
    this.#devices = this.#devices.map(({ number }) => new SignalDevice(number));
  }

  failNextDecrypt(times: number): void {
    this.#toFail = times;
  }

  /** One of the devices gets a message of the bot. In order, one after the other. */
  receive(delivery: Delivery): Promise<void> {
    if (this.#toFail > 0 && !this.#failing.has(delivery.node)) {
      this.#toFail -= 1;
      this.#failing.add(delivery.node);
    }
    this.#reading = this.#reading
      .then(() => this.#open(delivery))
      .catch((error: unknown) => this.#world.changes.fail(error));
    return this.#reading;
  }

  async #open(delivery: Delivery): Promise<void> {
    const { node, sealed, device } = delivery;
    if (this.#failing.has(node)) return this.#askAgain(delivery);
    let content: proto.IMessage = {};
    try {
      const group = isGroup(node.attrs.to!) ? node.attrs.to : undefined;
      for (const part of sealed)
        content = { ...content, ...(await this.device(device).decrypt(this.#world.bot, part, group)) };
    } catch {
      return this.#askAgain(delivery);
    }
    this.#keep(content, delivery);
    if (!this.#isOwner) this.#world.mailbox.post(this.receipt(delivery));
  }

  #keep(content: proto.IMessage, { node, device, sealed, to }: Delivery): void {
    const copy = content.deviceSentMessage;
    const inner = copy?.message ?? content;
    if (!isVisible(inner) || node.attrs.category === 'peer') return;
    const { id, to: target } = node.attrs;
    const chat = isGroup(target!) ? target! : (copy?.destinationJid ?? withDevice(to, 0));
    const encryption = sealed[sealed.length - 1]!.type;
    this.inbox.add(
      read(inner, { id: id!, chat, attrs: node.attrs, encryption, device }, (file, kind) =>
        this.#world.media.open(file, kind),
      ),
    );
  }

  /** A receipt as the bot gets it. Without a type: delivered. */
  receipt({ node, to }: Pick<Delivery, 'node' | 'to'>, type?: string, content?: readonly BinaryNode[]): BinaryNode {
    const place = isGroup(node.attrs.to!) ? { from: node.attrs.to, participant: to } : { from: to };
    return stanza('receipt', { id: node.attrs.id, ...place, type, t: seconds() }, content);
  }

  async #askAgain(delivery: Delivery): Promise<void> {
    const { node, device } = delivery;
    const key = `${node.attrs.id} ${device}`;
    const count = (this.#retries.get(key) ?? 0) + 1;
    if (this.#isOwner || count > MOST_RETRIES) return;
    this.#retries.set(key, count);
    const retry = stanza('retry', { count, id: node.attrs.id, t: seconds(), v: 1 });
    this.#world.mailbox.post(this.receipt(delivery, 'retry', [retry, ...(await this.device(device).retryKeys())]));
  }
}
