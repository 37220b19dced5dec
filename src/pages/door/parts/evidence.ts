/** From files that a person picks to files as they are sealed. */
import { MOST_BODY, MOST_FILE, MOST_FILES, MOST_FILES_BYTES } from '../../../channels/web/door/contract.ts';
import { BUCKETS } from '../../../sealing/padding.ts';
import { sealer } from '../sealing/sealer.ts';
import { drawsFaithfully, type Photo, redraw } from './photo.ts';
import { stripJpeg } from './strip-jpeg.ts';

/** A file as it will be sealed. Its name is not the one it had: that could tell something. */
export interface Evidence {
  readonly key: number;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** True of a picture without its metadata. */
  readonly clean: boolean;
}

/**
 * `warn`: it cannot be cleaned; the person decides. `type`: not a kind that is taken. `too-big`: by itself, or with the others. `count`:
 * there are enough already. `unreadable`: empty, damaged, or gone from the device.
 */
export type Picked =
  | { readonly kind: 'taken'; readonly evidence: Evidence }
  | { readonly kind: 'warn'; readonly what: 'picture' | 'document' | 'sound' | 'video'; readonly evidence: Evidence }
  | { readonly kind: 'refused'; readonly why: 'type' | 'too-big' | 'count' | 'unreadable' };

/** Room for an entry's header, and what age adds to a file. */
const OVERHEAD = 4096;
/** What is left of a request for files, beside texts and keys. */
const ROOM = MOST_BODY - 1.5 * 1024 * 1024;

export async function readEvidence(file: File, others: readonly Evidence[]): Promise<Picked> {
  if (others.length >= MOST_FILES) return refused('count');
  const photo = drawsFaithfully() ? await redraw(file) : undefined;
  if (photo !== undefined) return taken(photo, others);
  if (file.size > MOST_FILE) return refused('too-big');
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return refused('unreadable');
  }
  if (bytes.length === 0) return refused('unreadable');
  const found = await sealer.call('recognise', bytes);
  if (found === undefined) return refused('type');
  if (found.kind === 'picture') return drawsFaithfully() ? refused('unreadable') : undrawn(bytes, found.format, others);
  const evidence = { key: nextKey(), name: found.name, type: found.type, bytes, clean: false };
  return fits([...others, evidence]) ? { kind: 'warn', what: found.kind, evidence } : refused('too-big');
}

/** A picture in a browser that does not let pages draw it anew. */
function undrawn(bytes: Uint8Array<ArrayBuffer>, format: string, others: readonly Evidence[]): Picked {
  const stripped = format === 'jpeg' ? stripJpeg(bytes) : undefined;
  if (stripped !== undefined) return taken({ type: 'image/jpeg', bytes: stripped }, others);
  const evidence = { key: nextKey(), name: `foto.${format}`, type: `image/${format}`, bytes, clean: false };
  return fits([...others, evidence]) ? { kind: 'warn', what: 'picture', evidence } : refused('too-big');
}

function taken({ type, bytes }: Photo, others: readonly Evidence[]): Picked {
  const evidence = { key: nextKey(), name: type === 'image/png' ? 'foto.png' : 'foto.jpg', type, bytes, clean: true };
  return fits([...others, evidence]) ? { kind: 'taken', evidence } : refused('too-big');
}

const refused = (why: 'type' | 'too-big' | 'count' | 'unreadable'): Picked => ({ kind: 'refused', why });

function fits(all: readonly Evidence[]): boolean {
  const sum = (of: (length: number) => number) => all.reduce((total, { bytes }) => total + of(bytes.length), 0);
  return sum((length) => length) <= MOST_FILES_BYTES && sum(filled) <= ROOM;
}

/** Sealed files are filled up to one of a few sizes. */
const filled = (length: number): number =>
  (BUCKETS.find((bucket) => length + OVERHEAD <= bucket) ?? Number.POSITIVE_INFINITY) + OVERHEAD;

let lastKey = 0;
function nextKey(): number {
  lastKey += 1;
  return lastKey;
}
