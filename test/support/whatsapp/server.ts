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
import { WebSocketServer } from 'ws';
import { Faults } from './faults.ts';
import { Gate } from './gate.ts';
import { Group } from './group.ts';
import type * as Public from './interface.ts';
import { mediaCertificate } from './media.ts';
import { rootPublicKey } from './noise.ts';
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
  readonly #world: World;
  readonly #pairing: Pairing;
  readonly #queries: Queries;
  readonly #faults = new Faults();
  readonly #record: boolean;
  readonly #gate: Gate;
  readonly #unquiet = quietLibsignal();
  #sockets: WebSocketServer | undefined;
  #people = 0;

  constructor(options: Public.WhatsAppServerOptions) {
    const {
      ownerPhone = '6281100000001',
      ownerLid = '210000000000001',
      history = true,
      qrCodes = 6,
      answerRetries = true,
    } = options;
    const identity = Curve.generateKeyPair();
    const account = { name: 'Pemilik', lid: ownerLid, phone: ownerPhone, devices: 1, identity, owner: true };
    const world = new World(answerRetries, (inside) => new Person(inside, account));
    this.#world = world;
    this.#record = options.record ?? true;
    this.#pairing = new Pairing(world, identity, qrCodes);
    this.#queries = new Queries(world);
    this.owner = new Owner(world);
    const office = {
      world,
      history,
      owner: this.owner,
      faults: this.#faults,
      queries: this.#queries,
      presences: this.presences,
    };
    this.#gate = new Gate(office, this.#pairing, (from, node) => this.#log(from, node));
    world.whisper = (node) => this.#gate.connection?.send(node);
  }

  async start(port: number): Promise<this> {
    await this.#world.media.start();
    this.#sockets = new WebSocketServer({ host: '127.0.0.1', port });
    this.#sockets.on('connection', (socket) => this.#gate.accept(socket));
    await new Promise<void>((resolve, reject) => this.#sockets!.once('listening', resolve).once('error', reject));
    return this;
  }

  async close(): Promise<void> {
    this.#gate.drop();
    await new Promise((resolve) => this.#sockets?.close(resolve));
    await this.#world.media.stop();
    for (const device of this.#world.people.flatMap(({ devices }) => devices)) device.close();
    this.#unquiet();
    if (this.#world.changes.failure !== undefined) throw this.#world.changes.failure;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#sockets!.address() as AddressInfo).port}/ws/chat`;
  }

  get fetches(): number {
    return this.#world.media.fetched;
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
    return this.#gate.online;
  }

  get logins(): number {
    return this.#gate.logins;
  }

  get preKeys() {
    return { uploaded: this.#world.companion?.uploaded ?? 0, left: this.#world.companion?.preKeysLeft ?? 0 };
  }

  usePreKeys(count: number): void {
    for (let left = count; left > 0; left -= 1) this.#world.bot.takeBundle();
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
    await this.#until(() => this.#gate.online, timeout, 'the bot is not logged in');
  }

  async waitForOffline(timeout?: number): Promise<void> {
    await this.#until(() => !this.#gate.connection, timeout, 'the bot is still connected');
  }

  unlink(): void {
    this.#world.unlink();
    this.streamError(401);
  }

  // people and places

  addPeer(options: Public.PeerOptions = {}): Peer {
    this.#people += 1;
    const serial = String(this.#people).padStart(6, '0');
    const {
      phone = `62812345${serial}`,
      lid = `330000000${serial}`,
      devices = 1,
      name = `Warga ${this.#people}`,
    } = options;
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
    this.#gate.drop();
  }

  streamError(code: number): void {
    this.#gate.dismiss(code);
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
    this.#gate.connection?.silence(pings);
  }

  speak(): void {
    this.#gate.connection?.speak();
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
    if (!this.#gate.connection) throw new Error('the bot is not connected');
    this.#gate.connection.send(node);
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
