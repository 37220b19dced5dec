/**
 * What comes in and what goes out, the same for every platform. Channels translate: a platform's own types never get here.
 */

/** What a person sent. `edited` is a text that the person changed after sending it. */
export type Message =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'edited'; readonly text: string }
  | {
      readonly kind: 'unsupported';
      readonly what: UnsupportedKind;
      /** The bytes, where the platform can hand them over. Only the report flow reads them. */
      readonly file?: IncomingFile;
      /** What was written under a picture. Outside a report it counts as a text: the question often stands there. Never blank. */
      readonly caption?: string;
      /**
       * Another picture of the same album was delivered before it: platforms deliver them one by one. Outside a report it gets no reply
       * (unless it has a caption), so that a person is told once, and not ten times, that pictures are not read.
       */
      readonly followsInAlbum?: true;
    };

/** A file that a person sent and that nobody has read yet. */
export interface IncomingFile {
  readonly name: string | undefined;
  /** In bytes, as the platform says. */
  readonly size: number | undefined;
  /** Fetches it. Throws {@link FileUnavailable}, also where it turns out larger than `limit` bytes. */
  read(limit: number): Promise<Uint8Array>;
}

/** Thrown where a file cannot be had; the message says nothing of its content or its owner. */
export class FileUnavailable extends Error {
  override name = 'FileUnavailable';
  readonly why: 'too-big' | 'unavailable';
  constructor(why: 'too-big' | 'unavailable') {
    super(`the file is ${why}`);
    this.why = why;
  }
}

export type UnsupportedKind =
  | 'photo'
  | 'video'
  | 'voice'
  | 'sticker'
  | 'document'
  | 'location'
  | 'contact'
  | 'poll'
  | 'other';

/** Something to press. Sending `send` as a text does the same as pressing, at any time and on any channel. */
export interface Choice {
  /** At most 40 characters; channels may cut it. */
  readonly label: string;
  /** At most 64 bytes of ASCII (Telegram's limit for callback data). */
  readonly send: string;
}

/** One bubble. `text` is plain but for `**bold**`; it stays under 3,500 characters. */
export interface Reply {
  readonly text: string;
  readonly choices: readonly Choice[];
  /** It holds a receipt or an officer's answer: a channel sends it and keeps no copy, not even for a repetition. */
  readonly secret?: true;
}

export const reply = (text: string, choices: readonly Choice[] = []): Reply => ({ text, choices });

/** True where nothing of a turn may be kept: it holds a receipt or an officer's answer somewhere. */
export const isSecret = (replies: readonly Reply[]): boolean => replies.some(({ secret }) => secret === true);

/** A run of text that is bold or not. */
export interface Span {
  readonly text: string;
  readonly bold: boolean;
}

/** Splits a reply's text into runs, for channels that render bold in their own way. */
export function spans(text: string): Span[] {
  return text
    .split(/\*\*(.+?)\*\*/s)
    .map((part, index) => ({ text: part, bold: index % 2 === 1 }))
    .filter(({ text: part }) => part !== '');
}

/** The text without marks, for channels that show plain text. */
export const plain = (text: string): string =>
  spans(text)
    .map((span) => span.text)
    .join('');
