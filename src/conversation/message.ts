/**
 * What comes in and what goes out, the same for every platform. Channels translate: a platform's own types never get here.
 */

/** What a person sent. `edited` is a text that the person changed after sending it. */
export type Message =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'edited'; readonly text: string }
  | { readonly kind: 'unsupported'; readonly what: UnsupportedKind };

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
}

export const reply = (text: string, choices: readonly Choice[] = []): Reply => ({ text, choices });

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
