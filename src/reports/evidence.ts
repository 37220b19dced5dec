/**
 * What somebody sends as evidence: recognised by its content, and cleaned where it can be. Pictures become new pictures of their
 * pixels alone; documents, sound and video cannot be cleaned, and the person is told before they are taken; the rest is refused.
 */
import type { EntryFile } from '../sealing/entry.ts';
import { PictureCleaner } from './evidence-cleaner.ts';
import { recognise } from './evidence-type.ts';

const cleaner = new PictureCleaner();

/** The most bytes of one file. With its header it fits the largest bucket of `sealing/padding.ts`. */
export const EVIDENCE_LIMIT = 10 * 1024 * 1024;

export type Evidence =
  /** A picture without anything but its pixels. */
  | { readonly kind: 'clean'; readonly file: EntryFile }
  /** The bytes as they came: they may name who made them. */
  | { readonly kind: 'warn'; readonly what: 'document' | 'sound' | 'video'; readonly file: EntryFile }
  | { readonly kind: 'refused'; readonly why: 'type' | 'too-big' | 'unreadable' };

/**
 * Judges a file by its bytes, and cleans it if it is a picture. `_name` decides nothing and is kept nowhere: names of files carry
 * names of people. Never throws, whatever the bytes are.
 */
export async function inspectEvidence(bytes: Uint8Array, _name: string | undefined): Promise<Evidence> {
  if (bytes.length > EVIDENCE_LIMIT) return refused('too-big');
  if (bytes.length === 0) return refused('unreadable');
  const found = await recognise(bytes);
  if (found === undefined) return refused('type');
  if (found.kind !== 'picture') {
    const { kind, name, type } = found;
    return { kind: 'warn', what: kind, file: { name, type, bytes } };
  }
  const file = await cleaner.clean(bytes, found.format);
  return typeof file === 'string' ? refused(file) : { kind: 'clean', file };
}

const refused = (why: 'type' | 'too-big' | 'unreadable'): Evidence => ({ kind: 'refused', why });
