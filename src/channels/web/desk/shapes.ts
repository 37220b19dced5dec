/** What the desk's page sends, checked. Bytes are base64url; they come out as bytes. */
import { z } from 'zod';
import { MESSAGE_CHARACTERS } from '../../../reports/limits.ts';
import { STATUSES } from '../../../reports/office.ts';
import { looksLikeWrap } from '../../../reports/sealed-shape.ts';
import { ID } from '../../../sealing/id.ts';
import { asRecipient, type RecipientText, type Sealed } from '../../../sealing/keys.ts';
import { REGION_CODE } from '../../../sealing/region.ts';
import { ROLES } from './contract.ts';

/** Bytes of a known length, or of up to `most`. */
export const bytes = (least: number, most: number = least) =>
  z
    .string()
    .max(Math.ceil((most * 4) / 3) + 4)
    .regex(/^[A-Za-z0-9_-]*$/)
    .transform((text) => Buffer.from(text, 'base64url'))
    .refine(({ length }) => length >= least && length <= most);

export const recipient = z
  .string()
  .max(2_000)
  .transform((text, context): RecipientText => {
    const found = asRecipient(text);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message: 'no recipient' });
    return z.NEVER;
  });

export const login = z.string().regex(/^[a-zA-Z0-9._-]{3,40}$/);
/** A name of a person or an office: no control characters, which have no place in one. */
export const name = z
  .string()
  .trim()
  .min(2)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cf}]*$/u);
export const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const auth = bytes(32);
const salt = bytes(16);
/** Nonce, identity of 77 characters, tag. */
const wrapped = bytes(60, 400);
const code = z.string().regex(/^\d{6}$/);

export const saltRequest = z.object({ login });
export const signIn = z.object({ login, auth, totp: code.optional() });
export const tokenOnly = z.object({ token });
export const accept = z.object({
  token,
  login,
  name,
  unit: name.optional(),
  salt,
  auth,
  wrapped,
  recipient,
});
export const newPassphrase = z.object({ oldAuth: auth, salt, auth, wrapped });
export const totpChange = z.discriminatedUnion('step', [
  z.object({ step: z.literal('begin') }),
  z.object({ step: z.literal('confirm'), secret: z.string().regex(/^[A-Z2-7]{32}$/), code }),
  z.object({ step: z.literal('remove'), code }),
]);
export const newInvite = z.object({ role: z.enum(ROLES), unit: name });
export const inviteOnly = z.object({ invite: token });
export const idOnly = z.object({ id: z.string().max(40) });
export const unitChange = z.object({
  name,
  regions: z.array(z.string().regex(REGION_CODE)).max(600),
});

export const id = z.string().regex(ID);
export const caseList = z.object({
  since: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
  texts: z.literal('no').optional(),
});
export const caseTexts = z.object({ ids: z.array(id).min(1).max(200) });
const version = z.number().int().min(0).max(1_000_000_000);
/** As long as the audit chain keeps it. */
const reason = z.string().trim().min(1).max(400);
const sealed = (least: number, most: number) =>
  bytes(least, most).transform((of): Sealed => of as Uint8Array as Sealed);
const wrappedCaseKey = sealed(1, 4_096).refine(looksLikeWrap);

export const write = z.object({
  version,
  entry: z.object({
    id,
    author: z.enum(['officer', 'note']),
    // a text in its bucket, sealed to the case and to every receipt of it
    sealed: sealed(4_096, 128 * 1024),
  }),
  answer: z.string().trim().min(1).max(MESSAGE_CHARACTERS).optional(),
});
export const undo = z.object({ entry: id });
export const statusChange = z.object({ version, status: z.enum(STATUSES), reason: z.string().trim().max(400) });
export const reasonOnly = z.object({ reason });
export const release = z.object({ reason: z.string().trim().max(400).default('') });
export const exported = z.object({ format: z.enum(['print', 'json', 'csv']), reason });
export const merge = z.object({ version, into: id.nullable() });
export const transfer = z.object({
  version,
  unit: name,
  reason,
  keep: z.boolean().default(false),
  keys: z.array(z.object({ officer: id, wrapped: wrappedCaseKey })).max(100),
});
export const exclude = z.object({ version, unit: name, reason });
export const grantKeys = z.object({
  keys: z
    .array(z.object({ case: id, wrapped: wrappedCaseKey }))
    .min(1)
    .max(200),
});

const day = z.iso.date();
/** Longest span of the charts, in days. */
const LONGEST_PERIOD = 1_100;
export const period = z
  .object({ from: day, until: day })
  .refine(({ from, until }) => from <= until && Date.parse(until) - Date.parse(from) < LONGEST_PERIOD * 86_400_000);
export const unknownPage = z.object({ after: id.optional() });
export const unknownDone = z.object({ ids: z.array(id).min(1).max(2_000) });
