/**
 * A WhatsApp server for tests: the real multi-device protocol for an unmodified Baileys. Noise handshake, pairing, Signal encryption in both
 * directions, groups, media, receipts, retries, the offline queue, and faults on demand.
 *
 *     const server = await startWhatsAppServer();
 *     server.trust();
 *     // connect the product to server.url, take the QR code that it shows
 *     await server.scanQr(qr);
 *     await server.waitForLogin();
 *     const ani = server.addPeer({ name: 'Ani' });
 *     await ani.sendText('boleh like postingan calon?');
 *     const answer = await ani.waitForMessage();
 *     await server.close();
 *
 * What it does not model: rate limits and bans, communities, polls' votes, the contents of calls, how real clients show things.
 */
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { type AuthenticationCreds, type BinaryNode, Curve, proto, WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { type WebSocket, WebSocketServer } from 'ws';
import { BotSession, type Office } from './bot-session.ts';
import { Connection } from './connection.ts';
import { Faults, loginFailure, streamError } from './faults.ts';
import { Group } from './group.ts';
import type * as Public from './interface.ts';
import { mediaCertificate } from './media.ts';
import { type ClientHello, rootPublicKey } from './noise.ts';
import { Owner } from './owner.ts';
import { Pairing } from './pairing.ts';
import { Peer } from './peer.ts';
import { Person } from './person.ts';
import { Queries } from './queries.ts';
import { quietLibsignal } from './quiet.ts';
import { Sent } from './sent.ts';
import { seconds, stanza } from './stanza.ts';
import { World } from './world.ts';

export type * from './interface.ts';

/** Trust in the media host is added once, however many servers a process starts. */
let trusted = false;

class Server implements Public.WhatsAppServer {
  readonly rootPublicKey = rootPublicKey;
  readonly mediaCertificate = mediaCertificate;
  readonly owner: Owner;
  readonly presences: Public.Presence[] = [];
  readonly stanzas: Public.LoggedStanza[] = [];
  logins = 0;
  readonly #world: World;
  readonly #pairing: Pairing;
  readonly #queries: Queries;
  readonly #faults = new Faults();
  readonly #office: Office;
  readonly #record: boolean;
  readonly #connections = new Set<Connection>();
  readonly #unquiet = quietLibsignal();
  #sockets: WebSocketServer | undefined;
  #session: BotSession | undefined;
  #online = false;
  #people = 0;

  constructor(options: Public.WhatsAppServerOptions) {
    const { ownerPhone = '6281100000001', ownerLid = '210000000000001', history = true, qrCodes = 6, answerRetries = true } = options;
    const identity = Curve.generateKeyPair();
    const account = { name: 'Pemilik', lid: ownerLid, phone: ownerPhone, devices: 1, identity, owner: true };
    const world = new World(answerRetries, (inside) => new Person(inside, account));
    this.#world = world;
    this.#record = options.record ?? true;
    this.#pairing = new Pairing(world, identity, qrCodes);
    this.#queries = new Queries(world);
    this.owner = new Owner(world);
    world.whisper = (node) => this.#session?.connection.send(node);
    this.#office = {
      world,
      owner: this.owner,
      faults: this.#faults,
      queries: this.#queries,
      presences: this.presences,
      history,
      ready: (session) => {
        if (session !== this.#session) return;
        this.#online = true;
        this.logins += 1;
      },
    };
  }

  async start(port: number): Promise<this> {
    await this.#world.media.start();
    this.#sockets = new WebSocketServer({ host: '127.0.0.1', port });
    this.#sockets.on('connection', (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => this.#sockets!.once('listening', resolve).once('error', reject));
    return this;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.drop();
    await new Promise((resolve) => this.#sockets?.close(resolve));
    await this.#world.media.stop();
    for (const device of this.#world.people.flatMap(({ devices }) => devices)) device.close();
    this.#unquiet();
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#sockets!.address() as AddressInfo).port}/ws/chat`;
  }

  get mediaHost(): string {
    return this.#world.media.host;
  }

  get childProcess() {
    return {
      execArgv: ['--import', new URL('./trust-root.mjs', import.meta.url).href],
      env: {
        WHATSAPP_TEST_ROOT: rootPublicKey.toString('hex'),
        WHATSAPP_TEST_MEDIA_CA: mediaCertificate,
        WHATSAPP_WEB_SOCKET_URL: this.url,
        WHATSAPP_MEDIA_HOSTS: this.mediaHost,
      },
    };
  }

  trust(): void {
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootPublicKey);
    if (!trusted) tls.setDefaultCACertificates([...tls.getCACertificates('default'), mediaCertificate]);
    trusted = true;
  }

  // the link

  get linked(): boolean {
    return this.#world.companion !== undefined;
  }

  get online(): boolean {
    return this.#online;
  }

  get preKeys() {
    return { uploaded: this.#world.companion?.uploaded ?? 0, left: this.#world.companion?.preKeysLeft ?? 0 };
  }

  async waitForUnlinkedBot(timeout?: number): Promise<void> {
    await this.#until(() => this.#pairing.waiting, timeout, 'no bot waits to be linked');
  }

  scanQr(qr: string): Promise<void> {
    return this.#pairing.scan(qr);
  }

  enterPairingCode(phone: string, code: string, timeout?: number): Promise<void> {
    return this.#pairing.enterCode(phone, code, timeout);
  }

  linkedCredentials(): AuthenticationCreds {
    return this.#pairing.ready();
  }

  async waitForLogin(timeout?: number): Promise<void> {
    await this.#until(() => this.#online, timeout, 'the bot is not logged in');
  }

  async waitForOffline(timeout?: number): Promise<void> {
    await this.#until(() => !this.#session, timeout, 'the bot is still connected');
  }

  unlink(): void {
    this.#world.unlink();
    this.streamError(401);
  }

  // people and places

  addPeer(options: Public.PeerOptions = {}): Peer {
    this.#people += 1;
    const serial = String(this.#people).padStart(6, '0');
    const { phone = `62812345${serial}`, lid = `330000000${serial}`, devices = 1, name = `Warga ${this.#people}` } = options;
    const person = new Person(this.#world, { name, lid, phone: phone ?? undefined, devices });
    this.#world.people.push(person);
    return new Peer(this.#world, person);
  }

  addGroup(options: Public.GroupOptions): Group {
    const group = new Group(this.#world, options);
    this.#world.groups.push(group);
    return group;
  }

  async sendNewsletter(jid: string, text: string): Promise<Sent> {
    const content: proto.IMessage = { conversation: text };
    const serial = String(this.#world.sent.length + 100);
    const plain = stanza('plaintext', {}, proto.Message.encode(content).finish());
    const attrs = { from: jid, id: `N${serial}`, server_id: serial, type: 'text', t: seconds() };
    const node = stanza('message', attrs, [plain]);
    const sent = new Sent(this.#world, node, content, async () => node);
    sent.deliver();
    return sent;
  }

  sendHistory(history?: proto.IHistorySync): Promise<Public.SentMessage> {
    return this.owner.sendHistory(history);
  }

  // faults

  dropConnection(): void {
    for (const connection of this.#connections) connection.drop();
  }

  streamError(code: number): void {
    for (const connection of this.#connections) {
      connection.send(streamError(code));
      connection.end();
    }
  }

  failNextLogin(code: number, times = 1): void {
    this.#faults.failLogin(code, times);
  }

  refuseNextMessage(code: number, times = 1): void {
    this.#faults.refuse(code, times);
  }

  swallowNextMessage(times = 1): void {
    this.#faults.swallow(times);
  }

  silence({ pings = false }: { readonly pings?: boolean } = {}): void {
    this.#session?.connection.silence(pings);
  }

  speak(): void {
    this.#session?.connection.speak();
  }

  delayAnswers(milliseconds: number): void {
    this.#faults.delay = milliseconds;
  }

  // what was seen

  get receipts(): readonly Public.Receipt[] {
    return this.#world.receipts;
  }

  get unknownQueries(): readonly BinaryNode[] {
    return this.#queries.unknown;
  }

  get pending(): number {
    return this.#world.mailbox.pending;
  }

  async waitForIdle(timeout?: number): Promise<void> {
    await this.#until(() => this.pending === 0, timeout, 'the bot has not confirmed everything');
  }

  async sendNode(node: BinaryNode): Promise<void> {
    if (!this.#session) throw new Error('the bot is not connected');
    this.#session.connection.send(node);
  }

  // connections

  #accept(socket: WebSocket): void {
    const connection = new Connection(socket, {
      hello: (from, hello) => this.#hello(from, hello),
      stanza: (from, node) => this.#stanza(from, node),
      sent: (node) => this.#log('server', node),
      closed: (gone) => this.#closed(gone),
      failed: (error) => this.#world.changes.fail(error),
    });
    this.#connections.add(connection);
  }

  #hello(connection: Connection, { noiseKey, payload }: ClientHello): void {
    const { companion } = this.#world;
    if (payload.devicePairingData) {
      this.#pairing.begin(connection, noiseKey, payload.devicePairingData);
      return;
    }
    const failure = this.#faults.nextLogin() ?? (companion?.noiseKey.equals(noiseKey) ? undefined : 401);
    if (failure !== undefined) {
      connection.send(loginFailure(failure));
      connection.end();
      return;
    }
    const former = this.#session?.connection;
    this.#leave();
    former?.send(streamError(440));
    former?.end();
    this.#session = new BotSession(connection, this.#office);
  }

  #stanza(connection: Connection, node: BinaryNode): void {
    this.#log('bot', node);
    if (this.#session?.connection === connection) this.#session.handle(node);
    else this.#pairing.handle(connection, node);
  }

  #closed(connection: Connection): void {
    this.#connections.delete(connection);
    this.#pairing.end(connection);
    if (this.#session?.connection === connection) this.#leave();
    this.#world.changes.changed();
  }

  #leave(): void {
    this.#session = undefined;
    this.#online = false;
    this.#world.mailbox.close();
  }

  #log(from: Public.LoggedStanza['from'], node: BinaryNode): void {
    if (this.#record) this.stanzas.push({ from, node, at: performance.now() });
  }

  #until(condition: () => boolean, timeout: number | undefined, problem: string): Promise<true> {
    return this.#world.changes.until(
      () => condition() || undefined,
      timeout,
      () => problem,
    );
  }
}

/** Starts a server on a free port of 127.0.0.1. */
export function startWhatsAppServer(options: Public.WhatsAppServerOptions = {}): Promise<Public.WhatsAppServer> {
  return new Server(options).start(options.port ?? 0);
}
