/** The spare file of an officer who works in the browser: their key as the server keeps it, under the same passphrase. */
import { z } from 'zod';
import { recipientOf } from '../reports/native-keys.ts';
import { fromBase64url } from '../sealing/id.ts';
import { derive, SPARE_FILE_FORMAT, unwrapIdentity } from '../sealing/passphrase.ts';
import { DeskError } from './errors.ts';
import type { KeyPair } from './identity.ts';

const bytes = z
  .string()
  .regex(/^[\w-]+$/)
  .transform(fromBase64url);
const SHAPE = z.object({
  format: z.literal(SPARE_FILE_FORMAT),
  login: z.string().min(1),
  salt: bytes,
  wrapped: bytes,
  recipient: z.string(),
});

export type BrowserKey = z.output<typeof SHAPE>;

/** Throws {@link DeskError} where the text is no such file. */
export function readBrowserKey(text: string): BrowserKey {
  try {
    return SHAPE.parse(JSON.parse(text));
  } catch {
    // zod would quote what it has read
    throw new DeskError(
      'failed',
      'Ini bukan berkas cadangan dari meja petugas di peramban, atau isinya sudah berubah. Namanya kunci-cadangan-....json.',
    );
  }
}

/** Takes a second or two, also where the passphrase is wrong. Throws {@link DeskError} (`locked`). */
export async function openBrowserKey(
  { login, salt, wrapped, recipient }: BrowserKey,
  passphrase: string,
): Promise<KeyPair> {
  const { wrap } = await derive(passphrase, salt);
  const identity = await unwrapIdentity(wrapped, wrap, login).catch(() => undefined);
  if (identity === undefined) throw new DeskError('locked', 'Frasa sandi salah, atau berkasnya berubah. Coba lagi.');
  const own = recipientOf(identity);
  if (own !== recipient)
    throw new DeskError('failed', 'Kunci publik di berkas itu bukan pasangannya. Pakai berkas cadangan yang asli.');
  return { identity, recipient: own };
}
