/**
 * One entry of a case, as it is before sealing and after opening. It names its case and itself, so that a sealed entry that was
 * moved to another row, or stored twice, is noticed by whoever opens it.
 */
import { pad, unpad } from './padding.ts';

/** Who wrote it. `note` is between officers: never sealed to the reporter. */
export const AUTHORS = ['reporter', 'officer', 'note'] as const;
export type Author = (typeof AUTHORS)[number];

/** What it is. The first five are the questions of the intake; `text` is everything said later. */
export const PARTS = ['what', 'who', 'where', 'when', 'file', 'text'] as const;
export type Part = (typeof PARTS)[number];

export interface EntryFile {
  readonly name: string;
  /** Media type, found from the content: `image/jpeg`. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Entry {
  /** Id of the case it belongs to. */
  readonly case: string;
  /** Its own id. */
  readonly id: string;
  readonly author: Author;
  readonly part: Part;
  /** Day it was written, `YYYY-MM-DD` in Indonesian western time; never finer. */
  readonly day: string;
  /** Rises in the order of writing within the case. */
  readonly place: number;
  /** Empty where a question of the intake was skipped. */
  readonly text: string;
  readonly file?: EntryFile;
  /** The officer's own name for themselves, of answers and notes. */
  readonly by?: string;
}

/** Thrown where bytes are no entry, or an entry of another place. */
export class EntryError extends Error {
  override name = 'EntryError';
}

const utf8 = new TextEncoder();

/** The bytes to seal: header as JSON behind its length, then the file; filled up to a bucket. Throws `TooLarge`. */
export function encodeEntry(entry: Entry): Uint8Array {
  const { file, ...rest } = entry;
  const header = utf8.encode(
    JSON.stringify({ version: 1, ...rest, ...(file ? { file: { name: file.name, type: file.type } } : {}) }),
  );
  const body = file?.bytes ?? new Uint8Array();
  const content = new Uint8Array(4 + header.length + body.length);
  new DataView(content.buffer).setUint32(0, header.length);
  content.set(header, 4);
  content.set(body, 4 + header.length);
  return pad(content);
}

/** Reads it again and checks that it belongs where it lay. Throws {@link EntryError}. */
export function decodeEntry(bytes: Uint8Array, expected: { readonly case: string; readonly id: string }): Entry {
  const content = unpad(bytes);
  if (content === undefined || content.length < 4) throw new EntryError('the bytes are no entry');
  const length = new DataView(content.buffer, content.byteOffset, content.length).getUint32(0);
  if (length + 4 > content.length) throw new EntryError('the bytes are no entry');
  const { file, ...entry } = readHeader(content.subarray(4, 4 + length));
  if (entry.case !== expected.case) throw new EntryError('the entry belongs to another case');
  if (entry.id !== expected.id) throw new EntryError('the entry is a copy of another one');
  return file === undefined ? entry : { ...entry, file: { ...file, bytes: content.slice(4 + length) } };
}

type Header = Omit<Entry, 'file'> & { readonly file?: { readonly name: string; readonly type: string } };

function readHeader(bytes: Uint8Array): Header {
  const header = readJson(bytes);
  const { version, file, by } = header;
  const text = (name: string): string => {
    const value = header[name];
    if (typeof value !== 'string') throw new EntryError(`the entry has no ${name}`);
    return value;
  };
  if (version !== 1) throw new EntryError('the entry was made by another version');
  const author = AUTHORS.find((known) => known === text('author'));
  const part = PARTS.find((known) => known === text('part'));
  if (author === undefined || part === undefined || !Number.isSafeInteger(header.place))
    throw new EntryError('the entry is not complete');
  // a file that cannot be told from the text must not be dropped in silence
  if (file !== undefined && !isFile(file)) throw new EntryError('the entry is not complete');
  return {
    case: text('case'),
    id: text('id'),
    author,
    part,
    day: text('day'),
    place: header.place as number,
    text: text('text'),
    ...(typeof by === 'string' ? { by } : {}),
    ...(file === undefined ? {} : { file: { name: file.name, type: file.type } }),
  };
}

function readJson(bytes: Uint8Array): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof read === 'object' && read !== null) return read as Record<string, unknown>;
  } catch {
    // told below; the parser's error would say what was read
  }
  throw new EntryError('the bytes are no entry');
}

const isFile = (value: unknown): value is { name: string; type: string } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { name?: unknown }).name === 'string' &&
  typeof (value as { type?: unknown }).type === 'string';
