/** One-time codes (RFC 6238: SHA-1, 6 digits, 30 seconds), as authenticator apps make them. */
import { Secret, TOTP } from 'otpauth';

/** Codes of the step before and after are taken too: clocks differ. */
const WINDOW = 1;
export const STEP = 30_000;

/** A new secret, base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

const totp = (secret: string, label: string) =>
  new TOTP({ issuer: 'Tanya Netral', label, secret: Secret.fromBase32(secret), period: STEP / 1000 });

/** For the authenticator app. */
export const uriOf = (secret: string, login: string): string => totp(secret, login).toString();

/** The step that a code belongs to, or undefined where it is wrong. @param now milliseconds since 1970 */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret, '').validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / STEP) + delta;
}
