import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const SHAPE = /^sha256=([0-9a-f]{64})$/i;

/** True where `header` (X-Hub-Signature-256) is the HMAC-SHA256 of the bytes as they came. The time it takes tells nothing about how wrong it is. */
export function isSigned(body: Uint8Array, header: string, appSecret: string): boolean {
  const given = SHAPE.exec(header)?.[1];
  if (given === undefined) return false;
  return timingSafeEqual(Buffer.from(given, 'hex'), createHmac('sha256', appSecret).update(body).digest());
}

/** Compares secrets of any lengths in a time that does not depend on where they differ. */
export function isSame(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
