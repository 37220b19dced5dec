/** Who comes in: connections of the bot, logins, and the one session that counts. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { BotSession, type Office } from './bot-session.ts';
import { Connection } from './connection.ts';
import { loginFailure, streamError } from './faults.ts';
import type { LoggedStanza } from './messages.ts';
import type { ClientHello } from './noise.ts';
import type { Pairing } from './pairing.ts';

export class Gate {
  /** Successful logins so far. */
  logins = 0;
  readonly #office: Omit<Office, 'ready'>;
  readonly #pairing: Pairing;
  readonly #log: (from: LoggedStanza['from'], node: BinaryNode) => void;
  readonly #connections = new Set<Connection>();
  #session: BotSession | undefined;
  #online = false;

  constructor(
    office: Omit<Office, 'ready'>,
    pairing: Pairing,
    log: (from: LoggedStanza['from'], node: BinaryNode) => void,
  ) {
    this.#office = office;
    this.#pairing = pairing;
    this.#log = log;
  }

  /** The bot has logged in and has asked for its mail. */
  get online(): boolean {
    return this.#online;
  }

  /** The bot's connection, from its login on. */
  get connection(): Connection | undefined {
    return this.#session?.connection;
  }

  accept(socket: WebSocket): void {
    const { changes } = this.#office.world;
    const connection = new Connection(socket, {
      hello: (from, hello) => this.#hello(from, hello),
      stanza: (from, node) => this.#stanza(from, node),
      sent: (node) => this.#log('server', node),
      closed: (gone) => this.#closed(gone),
      failed: (error) => changes.fail(error),
    });
    this.#connections.add(connection);
  }

  drop(): void {
    for (const connection of this.#connections) connection.drop();
  }

  /** Sends everybody away. */
  dismiss(code: number): void {
    for (const connection of this.#connections) {
      connection.send(streamError(code));
      connection.end();
    }
  }

  #hello(connection: Connection, { noiseKey, payload }: ClientHello): void {
    const { world, faults } = this.#office;
    const welcome = payload.devicePairingData || world.companion?.noiseKey.equals(noiseKey);
    const failure = faults.nextLogin() ?? (welcome ? undefined : 401);
    if (failure !== undefined) {
      connection.send(loginFailure(failure));
      connection.end();
      return;
    }
    if (payload.devicePairingData) {
      this.#pairing.begin(connection, noiseKey, payload.devicePairingData);
      return;
    }
    const former = this.connection;
    this.#leave();
    former?.send(streamError(440));
    former?.end();
    this.#session = new BotSession(connection, { ...this.#office, ready: (session) => this.#ready(session) });
  }

  #ready(session: BotSession): void {
    if (session !== this.#session) return;
    this.#online = true;
    this.logins += 1;
  }

  #stanza(connection: Connection, node: BinaryNode): void {
    this.#log('bot', node);
    if (this.connection === connection) this.#session?.handle(node);
    else this.#pairing.handle(connection, node);
  }

  #closed(connection: Connection): void {
    this.#connections.delete(connection);
    this.#pairing.end(connection);
    if (this.connection === connection) this.#leave();
    this.#office.world.changes.changed();
  }

  #leave(): void {
    this.#session = undefined;
    this.#online = false;
    this.#office.world.mailbox.close();
  }
}
