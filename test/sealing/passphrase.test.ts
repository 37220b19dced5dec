import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { derive, ENOUGH, strength, unwrapIdentity, wrapIdentity } from '../../src/sealing/passphrase.ts';
import { makeKeyPair } from '../../src/sealing/seal.ts';

/** Cheap enough for a test; the real cost differs only in N. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1, dkLen: 32 };
const SALT = new Uint8Array(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex'));

test('known answer: hashlib.scrypt and hmac of Python gave the same', async () => {
  const { auth, wrap } = await derive('kelapa meja biru hujan', SALT, CHEAP);
  expect(Buffer.from(auth).toString('hex')).toBe('fce1a1caaf7ad594371490d164e42bf3f8b13f7c60e63416a372c1ed8fbd1dc7');
  expect(Buffer.from(wrap).toString('hex')).toBe('257040562051772c9b34fee410ec4b696ffdd635494ce35c93777ce39841f044');
});

test('the same passphrase typed on another phone: spaces around it and composed letters do not matter', async () => {
  const one = await derive('kopi café pagi', SALT, CHEAP);
  const two = await derive('  kopi cafe\u0301 pagi ', SALT, CHEAP);
  expect(two).toEqual(one);
  expect(await derive('Kopi café pagi', SALT, CHEAP)).not.toEqual(one);
  expect(await derive('kopi café pagi', new Uint8Array(randomBytes(16)), CHEAP)).not.toEqual(one);
});

test('an identity comes back with its key and login, and with nothing else', async () => {
  const { identity } = await makeKeyPair();
  const key = new Uint8Array(randomBytes(32));
  const wrapped = await wrapIdentity(identity, key, 'budi');
  expect(await unwrapIdentity(wrapped, key, 'budi')).toBe(identity);
  expect(Buffer.from(wrapped).includes(identity.slice(18, 40))).toBe(false);
  await expect(unwrapIdentity(wrapped, new Uint8Array(randomBytes(32)), 'budi')).rejects.toThrow('does not open');
  await expect(unwrapIdentity(wrapped, key, 'rina')).rejects.toThrow('does not open');
  for (const at of [0, 11, 12, 50, wrapped.length - 1]) {
    const changed = wrapped.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    await expect(unwrapIdentity(changed, key, 'budi')).rejects.toThrow('does not open');
  }
  await expect(unwrapIdentity(wrapped.slice(0, 20), key, 'budi')).rejects.toThrow('does not open');
});

test.each([
  'password12345',
  'rahasia123456',
  'bawaslu2024!',
  'kucing',
  'aaaaaaaaaaaaaaaaaaaa',
  'qwertyuiop123',
  'abcdefghijklmn',
  '',
])('not enough: %s', (passphrase) => {
  expect(strength(passphrase)).toBeLessThan(ENOUGH);
});

test.each(['kelapa meja biru hujan', 'gajah terbang di atas rumah merah', 'wX7#kq9!Lm2$vRt4'])(
  'enough: %s',
  (passphrase) => {
    expect(strength(passphrase)).toBeGreaterThanOrEqual(ENOUGH);
  },
);
