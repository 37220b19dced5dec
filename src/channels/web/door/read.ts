/** What comes in, checked: shapes only, because nothing else can be seen. */
import { z } from 'zod';
import type { SealedCase } from '../../../reports/web-intake.ts';
import { ID } from '../../../sealing/id.ts';
import { unpack } from './pack.ts';

/** 32 bytes in base64url. */
const HASH = /^[A-Za-z0-9_-]{43}$/;
/** More than there are officers anywhere, and entries in any tip. */
const MOST = 1000;

const id = z.string().regex(ID).or(z.literal('escrow'));
const caseHeader = z.object({
  caseId: z.string().regex(ID),
  recipient: z.string().max(2000),
  readers: z.array(id).max(MOST),
  entries: z.array(z.string().regex(ID)).max(MOST),
  lookupHash: z.string().regex(HASH),
  reporterRecipient: z.string().max(2000),
});
const lookUp = z.object({ lookup: z.string().regex(HASH) });

/** The packed case; undefined where it is none. */
export function readCase(body: unknown): SealedCase | undefined {
  const packed = body instanceof Uint8Array ? unpack(body) : undefined;
  const header = caseHeader.safeParse(packed?.header);
  if (packed === undefined || !header.success) return undefined;
  const { readers, entries, ...rest } = header.data;
  if (packed.parts.length !== readers.length + entries.length) return undefined;
  const part = (index: number): Uint8Array => packed.parts[index] ?? new Uint8Array();
  return {
    ...rest,
    wrapped: readers.map((reader, index) => ({ reader, wrapped: part(index) })),
    entries: entries.map((entry, index) => ({ id: entry, sealed: part(readers.length + index) })),
  };
}

export function readLookUp(body: unknown): string | undefined {
  const parsed = lookUp.safeParse(body);
  return parsed.success ? parsed.data.lookup : undefined;
}
