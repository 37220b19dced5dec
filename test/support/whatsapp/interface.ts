/** What a test can do with the fake WhatsApp server. Everything a test sees is here; the other files make it happen. */
import type { AuthenticationCreds, BinaryNode, proto } from '@whiskeysockets/baileys';
import type {
  LoggedStanza,
  MediaOptions,
  Presence,
  Receipt,
  ReceivedMessage,
  SendOptions,
  SentMessage,
} from './messages.ts';

export type * from './messages.ts';

export interface WhatsAppServerOptions {
  readonly port?: number;
  /** The number of the account that the bot is linked to: digits, country code first. */
  readonly ownerPhone?: string;
  /** The user part of that account's LID. */
  readonly ownerLid?: string;
  /**
   * After a first login the owner's phone sends an (empty) history, as phones do; without it Baileys holds every event back for 20 s.
   * Default true.
   */
  readonly history?: boolean;
  /** How many QR codes a connection gets before the bot has to give up (Baileys then closes with 408). Default 6. */
  readonly qrCodes?: number;
  /** Peers and the owner's phone encrypt again when the bot asks for a retry. Default true. */
  readonly answerRetries?: boolean;
  /** Keep every stanza for {@link WhatsAppServer.stanzas}. Default true; false saves memory in long runs. */
  readonly record?: boolean;
}

export interface WhatsAppServer {
  /** For `waWebSocketUrl`: `ws://127.0.0.1:<port>/ws/chat`. */
  readonly url: string;
  /** The key that signs the Noise certificates of all servers in this process. */
  readonly rootPublicKey: Buffer;
  /** `127.0.0.1:<port>`, the HTTPS host of all media, for uploads and downloads. */
  readonly mediaHost: string;
  /** The media host's certificate in PEM form, its own authority. */
  readonly mediaCertificate: string;
  /**
   * What another process needs to speak with this server: `spawn(node, [...childProcess.execArgv, 'src/main.ts'], { env: { ...childProcess.env } })`.
   * The variables: the root key and media certificate for `trust-root.mjs`, and `WHATSAPP_WEB_SOCKET_URL` and `WHATSAPP_MEDIA_HOSTS` for the product.
   */
  readonly childProcess: { readonly execArgv: readonly string[]; readonly env: Readonly<Record<string, string>> };
  /** Makes this process trust the server: Baileys' root key, and TLS to the media host (Node >= 24.5). */
  trust(): void;
  /** Rejects with what went wrong inside the server, if anything did. */
  close(): Promise<void>;

  // the account and its link to the bot

  /** The owner's phone: sees a copy of everything the bot sends, and can write itself (`fromMe`). */
  readonly owner: OwnerPhone;
  /** A device is linked: pairing was finished and neither side has ended it. */
  readonly linked: boolean;
  /** The bot is connected and logged in. */
  readonly online: boolean;
  /** Successful logins so far. */
  readonly logins: number;
  /** One-time prekeys that the bot has uploaded in all, and those not yet handed out. */
  readonly preKeys: { readonly uploaded: number; readonly left: number };
  /** Resolves when a bot that is not linked is connected and has been offered QR codes. */
  waitForUnlinkedBot(timeout?: number): Promise<void>;
  /**
   * The owner's phone scans the QR code that the bot shows (`connection.update` of Baileys). The server can't know it: half of it is the bot's secret.
   * Rejects if it is not a current one.
   */
  scanQr(qr: string): Promise<void>;
  /** Credentials as after a finished pairing and first synchronisation, for tests that begin with a linked bot. Replaces an earlier link. */
  linkedCredentials(): AuthenticationCreds;
  /**
   * The owner types the 8 characters that the bot shows. Waits for the bot's request. Rejects if the number or the code is wrong (the bot then waits on).
   */
  enterPairingCode(phone: string, code: string, timeout?: number): Promise<void>;
  /** As if that many strangers had begun a session with the bot: each takes a prekey. */
  usePreKeys(count: number): void;
  /** Resolves at the next successful login, at once if the bot is online. */
  waitForLogin(timeout?: number): Promise<void>;
  /** Resolves when the bot is not connected. */
  waitForOffline(timeout?: number): Promise<void>;
  /** The owner removes the linked device on the phone: a stream error 401 now, 401 at every further login. */
  unlink(): void;

  // people and places

  addPeer(options?: PeerOptions): FakePeer;
  addGroup(options: GroupOptions): FakeGroup;
  /** A channel post. Not encrypted. `jid` ends in `@newsletter`. */
  sendNewsletter(jid: string, text: string): Promise<SentMessage>;
  /** The owner's phone sends history: `conversations` become one INITIAL_BOOTSTRAP (or the given kind) with an inline payload. */
  sendHistory(history?: proto.IHistorySync): Promise<SentMessage>;

  // faults

  /** The TCP connection breaks without a word. */
  dropConnection(): void;
  /** `<stream:error>`: 401, 403, 440 (as conflict), 500, 503, 515; then the connection is closed. */
  streamError(code: number): void;
  /** `<failure reason>` instead of success at the next `times` logins or requests to be linked: 401, 403, 405, 411, 503; 440 and 515 come as stream errors. */
  failNextLogin(code: number, times?: number): void;
  /** The next `times` messages of the bot are refused with `<ack error>` (463, 429, 479, …) and reach nobody. */
  refuseNextMessage(code: number, times?: number): void;
  /** The next `times` messages of the bot are neither acknowledged nor passed on. */
  swallowNextMessage(times?: number): void;
  /** The socket stays open but nothing comes any more, no answers and no messages; with `{ pings: true }` keep-alives are still answered. */
  silence(options?: { readonly pings?: boolean }): void;
  /** Ends {@link silence}; what was held back is delivered. */
  speak(): void;
  /** Answers to the bot's queries and acks come after this many milliseconds. 0 ends it. */
  delayAnswers(milliseconds: number): void;

  // what was seen

  /** Receipts of the bot for messages sent to it, oldest first. */
  readonly receipts: readonly Receipt[];
  /** Presence and typing of the bot, oldest first. */
  readonly presences: readonly Presence[];
  /** Every stanza in both directions, oldest first. */
  readonly stanzas: readonly LoggedStanza[];
  /** Queries that the server doesn't know; it answered them with an empty result. Tests may demand that it is empty. */
  readonly unknownQueries: readonly BinaryNode[];
  /** How often a file was fetched, or tried to be. */
  readonly fetches: number;
  /** Messages to the bot that it has not confirmed with a receipt or an ack: they come again at the next login. */
  readonly pending: number;
  /** Resolves when {@link pending} is 0. */
  waitForIdle(timeout?: number): Promise<void>;
  /** Puts any stanza on the wire, for what this interface lacks. */
  sendNode(node: BinaryNode): Promise<void>;
}

export interface PeerOptions {
  /** Digits, country code first; `null`: the number is hidden (only the LID is known). Default: a free number. */
  readonly phone?: string | null;
  /** The user part of the LID. Default: a free one. */
  readonly lid?: string;
  /** Phone and linked devices: 1 to 5. Default 1. */
  readonly devices?: number;
  /** The push name. */
  readonly name?: string;
}

/** Ways to write, in a direct chat or bound to a group. All resolve when the stanza was put into the bot's queue. */
export interface Voice {
  sendText(text: string, options?: SendOptions): Promise<SentMessage>;
  sendMessage(content: proto.IMessage, options?: SendOptions): Promise<SentMessage>;
  sendImage(bytes: Uint8Array, options?: MediaOptions): Promise<SentMessage>;
  sendDocument(bytes: Uint8Array, options?: MediaOptions): Promise<SentMessage>;
  sendAudio(bytes: Uint8Array, options?: MediaOptions): Promise<SentMessage>;
  /** Changes the text of an own message. */
  edit(target: SentMessage, text: string, options?: SendOptions): Promise<SentMessage>;
  /** Deletes an own message for everyone. */
  revoke(target: SentMessage, options?: SendOptions): Promise<SentMessage>;
  /** Answers a message with a quote of it. */
  reply(quoted: SentMessage | ReceivedMessage, text: string, options?: SendOptions): Promise<SentMessage>;
  react(target: SentMessage | ReceivedMessage, emoji: string, options?: SendOptions): Promise<SentMessage>;
}

export interface FakePeer extends Voice {
  readonly name: string;
  /** `<lid>@lid`. */
  readonly lid: string;
  /** `<phone>@s.whatsapp.net`, unless the number is hidden. */
  readonly phone: string | undefined;
  /** The same person in a group. */
  inGroup(group: FakeGroup): Voice;
  /** What the bot sent and this person could read (direct and in groups), each message once, oldest first. */
  readonly received: readonly ReceivedMessage[];
  /**
   * The oldest received message that fits and was not yet returned by this method; waits for it.
   * @param timeout milliseconds, default 8000; then rejects with a list of what did arrive.
   */
  waitForMessage(fits?: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage>;
  /** Takes the next `times` messages as unreadable: the peer's phone asks the bot for a retry and reads the repetition. */
  failNextDecrypt(times?: number): void;
  /** Blue ticks for a message of the bot. */
  markRead(message: ReceivedMessage): Promise<void>;
  /** "typing…" as the bot's client is told. */
  typing(active?: boolean): Promise<void>;
  /** A story. */
  sendStatus(text: string, options?: SendOptions): Promise<SentMessage>;
  /** A voice call offer; `timeout` ends it as a missed call. */
  call(event?: 'offer' | 'timeout' | 'terminate', id?: string): Promise<string>;
  /** The person gets a new phone: all keys are new, the bot is told that the identity changed. */
  reinstall(): Promise<void>;
  /** Gives the bot a privacy token, as contacts do. */
  sendPrivacyToken(): Promise<void>;
}

export interface OwnerPhone {
  /** `<phone>@s.whatsapp.net` and `<lid>@lid`, without a device. */
  readonly phone: string;
  readonly lid: string;
  /** Copies of what the bot sent, with the chat they went to. */
  readonly received: readonly ReceivedMessage[];
  waitForMessage(fits?: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage>;
  /** The owner writes on the phone: to the bot it is `fromMe`. `to` the owner is the chat "message yourself". */
  sendText(to: FakePeer | FakeGroup | OwnerPhone, text: string, options?: SendOptions): Promise<SentMessage>;
  sendMessage(
    to: FakePeer | FakeGroup | OwnerPhone,
    content: proto.IMessage,
    options?: SendOptions,
  ): Promise<SentMessage>;
}

export interface GroupOptions {
  readonly subject?: string;
  readonly participants: readonly FakePeer[];
  /** How participants are named. Default 'lid'. */
  readonly addressing?: 'lid' | 'phone';
  /** Seconds after which messages disappear. */
  readonly ephemeral?: number;
  /** Only administrators may write. */
  readonly announce?: boolean;
}

export interface FakeGroup {
  /** `<id>@g.us`. */
  readonly jid: string;
  readonly subject: string;
  readonly addressing: 'lid' | 'phone';
  readonly participants: readonly FakePeer[];
  /** How the bot is to be mentioned and quoted here: its LID or number, without device. */
  readonly bot: string;
  /** Adds or removes somebody, `'bot'` included; the bot's client gets the notification. */
  add(peer: FakePeer | 'bot', by?: FakePeer): Promise<void>;
  remove(peer: FakePeer | 'bot', by?: FakePeer): Promise<void>;
}
