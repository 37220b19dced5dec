/** Messages in both directions, as tests see them. */
import type { BinaryNode, proto } from '@whiskeysockets/baileys';

export interface SendOptions {
  /** Default: a fresh one, as phones make them. */
  readonly id?: string;
  /** Direct chats: `from` is the LID (default) or the number. */
  readonly addressing?: 'lid' | 'phone';
  /** Leaves `sender_pn`, `sender_lid`, `participant_pn` and `participant_lid` out. Always so for a hidden number. */
  readonly withoutAlternate?: boolean;
  /** Which of the sender's devices writes: 0 is the phone. Default 0. */
  readonly device?: number;
  readonly quoting?: SentMessage | ReceivedMessage;
  /** Jids; the text should hold `@` and the user part of each. */
  readonly mentions?: readonly string[];
  /** When it was sent; for old messages. */
  readonly at?: Date;
  /** Disappearing messages: wrapped in `ephemeralMessage`, with this many seconds in the context. */
  readonly ephemeral?: number;
  readonly viewOnce?: boolean;
  readonly forwarded?: boolean;
  /** The ciphertext is damaged: the bot has to ask for a retry. The repetition is sound. */
  readonly corrupt?: boolean;
  /** Encrypts now (the ratchet moves), but sends nothing until {@link SentMessage.deliver}: for messages out of order. */
  readonly hold?: boolean;
  /** More attributes of the `<message>` stanza; `undefined` removes one. */
  readonly attrs?: Readonly<Record<string, string | undefined>>;
}

export interface MediaOptions extends SendOptions {
  readonly caption?: string;
  readonly mimetype?: string;
  readonly fileName?: string;
  readonly tamper?: MediaTampering;
}

/** One way to lie about a file. */
export type MediaTampering =
  /** `fileSha256` belongs to other bytes. */
  | { readonly kind: 'plain-hash' }
  /** `fileEncSha256` belongs to other bytes. */
  | { readonly kind: 'cipher-hash' }
  /** The last ten bytes of the blob are wrong. */
  | { readonly kind: 'mac' }
  /** A byte in the middle of the blob was changed; hashes and MAC are those of the original. */
  | { readonly kind: 'body' }
  /** `fileLength` says something else. */
  | { readonly kind: 'length'; readonly declared: number }
  /** The host sends this many bytes (zeros, without content-length), whatever was declared. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** The host answers with this status, for good or so many times. */
  | { readonly kind: 'status'; readonly status: number; readonly times?: number }
  /** The host answers with a redirect. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** The message names another place; `directPath` is empty unless given. */
  | { readonly kind: 'location'; readonly url: string; readonly directPath?: string }
  /** The host sends half of the bytes and then nothing. */
  | { readonly kind: 'stall' };

/** A message to the bot. */
export interface SentMessage {
  readonly id: string;
  /** The chat as the bot sees it (`key.remoteJid`). */
  readonly chat: string;
  /** The author in groups and status (`key.participant`). */
  readonly participant: string | undefined;
  readonly content: proto.IMessage;
  /** Receipts and acks of the bot for it. */
  readonly receipts: readonly Receipt[];
  /** Resolves with the first receipt of this type. `'delivered'` stands for a receipt without a type, or `inactive`. */
  waitForReceipt(type?: string, timeout?: number): Promise<Receipt>;
  /** Puts the very same stanza on the wire: the first time for a held one, otherwise as a duplicate. */
  deliver(): void;
  /** Encrypts the same message again under the same id, as phones do after a retry request. */
  resend(): Promise<void>;
}

/** A message of the bot, as one person sees it. */
export interface ReceivedMessage {
  readonly id: string;
  /** The address that the bot wrote to: this person's LID or number, or a group. */
  readonly chat: string;
  readonly kind: 'text' | 'edit' | 'revoke' | 'reaction' | 'image' | 'document' | 'audio' | 'video' | 'poll' | 'other';
  /** Text, new text, caption, emoji or question. */
  readonly text: string | undefined;
  /** The id of the quoted message. */
  readonly quotedId: string | undefined;
  /** Who wrote the quoted message, as the bot says. */
  readonly quotedParticipant: string | undefined;
  /** The id of the message that was edited, deleted or reacted to. */
  readonly target: string | undefined;
  readonly mentions: readonly string[];
  /** Without the wrappers for copies, ephemeral and view-once messages. */
  readonly message: proto.IMessage;
  /** The devices that could read it, growing: 0 is the phone. */
  readonly devices: readonly number[];
  readonly encryption: 'pkmsg' | 'msg' | 'skmsg';
  /** Attributes of the stanza that the bot sent. */
  readonly attrs: Readonly<Record<string, string>>;
  /** When it was read: `performance.now()`. */
  readonly at: number;
  /** Downloads and decrypts what an image, document, audio or video holds; checks hashes and MAC. */
  media(): Promise<Buffer>;
}

export interface Receipt {
  readonly id: string;
  /** `delivered` (no type), `inactive`, `read`, `read-self`, `sender`, `peer_msg`, `hist_sync`, `retry`, `server-error`; `ack` for a bare ack. */
  readonly type: string;
  readonly to: string;
  readonly participant: string | undefined;
  /** Only in acks: why the bot refused the message. */
  readonly error: string | undefined;
}

export interface Presence {
  /** `available`, `unavailable`, `composing`, `recording`, `paused`, or `name` for a push name only. */
  readonly type: string;
  readonly to: string | undefined;
}

export interface LoggedStanza {
  readonly from: 'bot' | 'server';
  readonly node: BinaryNode;
  readonly at: number;
}
