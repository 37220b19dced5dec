/** One connection of the bot: websocket frames in and out, as stanzas. */
import { type BinaryNode, decodeBinaryNode, encodeBinaryNode, NOISE_WA_HEADER } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { type ClientHello, NoiseServer } from './noise.ts';

export interface ConnectionEvents {
  hello(connection: Connection, hello: ClientHello): void;
  stanza(connection: Connection, node: BinaryNode): void;
  sent(node: BinaryNode): void;
  closed(connection: Connection): void;
  failed(error: unknown): void;
}

/** How many bytes the client sends before its first frame: perhaps routing information, then `WA` and the versions. */
function introLength(received: Buffer): number | undefined {
  let length = 0;
  if (received.subarray(0, 2).toString() === 'ED') {
    if (received.length < 7) return undefined;
    length = 7 + received.readUIntBE(4, 3);
  }
  length += NOISE_WA_HEADER.length;
  return received.length < length ? undefined : length;
}

export class Connection {
  readonly #socket: WebSocket;
  readonly #events: ConnectionEvents;
  readonly #noise = new NoiseServer();
  #state: 'intro' | 'hello' | 'finish' | 'open' = 'intro';
  #received: Buffer = Buffer.alloc(0);
  #reading: Promise<void> = Promise.resolve();
  #held: BinaryNode[] | undefined;
  #pings = false;

  constructor(socket: WebSocket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    socket.on('message', (data: Buffer) => this.#read(data));
    socket.on('close', () => events.closed(this));
    socket.on('error', () => socket.terminate());
  }

  /** @param pong it answers a keep-alive */
  send(node: BinaryNode, pong = false): void {
    if (this.#held && !(this.#pings && pong)) {
      this.#held.push(node);
      return;
    }
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#events.sent(node);
    this.#write(this.#noise.encrypt(encodeBinaryNode(node)));
  }

  /** Nothing is sent any more, apart from answers to keep-alives if wanted. */
  silence(pings: boolean): void {
    this.#held ??= [];
    this.#pings = pings;
  }

  speak(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const node of held) this.send(node);
  }

  /** Closes as the server does after a last stanza. */
  end(): void {
    this.#socket.close();
  }

  /** The network breaks. */
  drop(): void {
    this.#socket.terminate();
  }

  #write(frame: Uint8Array): void {
    const head = Buffer.alloc(3);
    head.writeUIntBE(frame.length, 0, 3);
    this.#socket.send(Buffer.concat([head, frame]));
  }

  #read(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data]);
    try {
      if (this.#state === 'intro') {
        const length = introLength(this.#received);
        if (length === undefined) return;
        this.#received = this.#received.subarray(length);
        this.#state = 'hello';
      }
      while (this.#received.length >= 3) {
        const end = 3 + this.#received.readUIntBE(0, 3);
        if (this.#received.length < end) return;
        const frame = this.#received.subarray(3, end);
        this.#received = this.#received.subarray(end);
        this.#frame(frame);
      }
    } catch (error) {
      // a client that does not speak the protocol is not our failure: it is cut off, as the real server does
      this.#socket.terminate();
      if (this.#state === 'open') this.#events.failed(error);
    }
  }

  #frame(frame: Buffer): void {
    switch (this.#state) {
      case 'hello':
        this.#write(this.#noise.greet(frame));
        this.#state = 'finish';
        return;
      case 'finish': {
        const hello = this.#noise.finish(frame);
        this.#state = 'open';
        this.#events.hello(this, hello);
        return;
      }
      case 'open': {
        const plain = this.#noise.decrypt(frame);
        // decoding may be asynchronous (compressed stanzas), the order must not change
        this.#reading = this.#reading
          .then(async () => this.#events.stanza(this, await decodeBinaryNode(plain)))
          .catch((error: unknown) => this.#events.failed(error));
        return;
      }
      case 'intro':
        throw new Error('frame before the intro');
      default:
        this.#state satisfies never;
    }
  }
}
