/** An officer's identity, and the file that keeps it on the officer's own machine: an age identity file under a passphrase. */
import { makeKeyPairFast, recipientOf } from '../reports/native-keys.ts';
import type { Identity, RecipientText } from '../sealing/seal.ts';
import { DeskError } from './errors.ts';
import { unwrapText, wrapText } from './scrypt.ts';

export interface KeyPair {
  readonly identity: Identity;
  readonly recipient: RecipientText;
}

export const makeIdentity = (): KeyPair => makeKeyPairFast();

/** The content of the file. @param workFactor lower only in tests */
export function wrapIdentity(pair: KeyPair, passphrase: string, workFactor?: number): Promise<string> {
  return wrapText(`# public key: ${pair.recipient}\n${pair.identity}\n`, passphrase, workFactor);
}

/** Takes a second or two, also where the passphrase is wrong. Throws {@link DeskError} (`locked`). */
export async function unwrapIdentity(armoured: string, passphrase: string): Promise<KeyPair> {
  const opened = await unwrapText(armoured, passphrase);
  if (opened.kind === 'wrong') throw new DeskError('locked', 'Frasa sandi salah. Coba lagi.');
  const identity =
    opened.kind === 'text'
      ? opened.text
          .split('\n')
          .map((line) => line.trim())
          .find((line) => /^AGE-SECRET-KEY-PQ-1[A-Z0-9]+$/.test(line))
      : undefined;
  if (identity === undefined)
    throw new DeskError(
      'locked',
      'Berkas identitas rusak, atau bukan berkas identitas Tanya Netral. Pakai salinan cadangannya dengan --identity.',
    );
  return { identity: identity as Identity, recipient: recipientOf(identity as Identity) };
}

/** True where two fingerprints are the same, however they were typed. */
export const sameFingerprint = (a: string, b: string): boolean => bare(a) !== '' && bare(a) === bare(b);

const bare = (text: string): string => text.replace(/[^0-9a-fA-F]/g, '').toLowerCase();
