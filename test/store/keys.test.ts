/** The server's key: what stands for an address, what a sealed state gives away, and a key file in trouble. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../src/store/database.ts';
import { chatAddress, loadServerKey, ServerKey } from '../../src/store/keys.ts';
import { tempFolder } from '../support/temp-folder.ts';

const key = new ServerKey(Buffer.alloc(32, 7));
const other = new ServerKey(Buffer.alloc(32, 8));

describe('pseudonyms', () => {
  test('are the same for the same address, and different for another channel, address or key', () => {
    const name = key.pseudonym('telegram', chatAddress('12345'));
    expect(key.pseudonym('telegram', chatAddress('12345'))).toBe(name);
    expect(key.pseudonym('web', chatAddress('12345'))).not.toBe(name);
    expect(key.pseudonym('telegram', chatAddress('12346'))).not.toBe(name);
    expect(other.pseudonym('telegram', chatAddress('12345'))).not.toBe(name);
    expect(name).toMatch(/^[\w-]{43}$/);
  });

  test('channel and address cannot be shifted into one another', () => {
    expect(key.pseudonym('web', chatAddress('a'))).not.toBe(key.pseudonym('we', chatAddress('ba')));
  });
});

describe('sealing', () => {
  test('opens to the same text for the same owner', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, owner) => {
        expect(key.open(key.seal(text, owner), owner)).toBe(text);
      }),
    );
  });

  test('does not open for another owner, with another key, cut off, or changed in any byte', () => {
    const sealed = key.seal('{"actor":"pppk"}', 'chat-a');
    expect(key.open(sealed, 'chat-b')).toBeUndefined();
    expect(other.open(sealed, 'chat-a')).toBeUndefined();
    for (let length = 0; length < sealed.length; length++)
      expect(key.open(sealed.subarray(0, length), 'chat-a')).toBeUndefined();
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(key.open(changed, 'chat-a')).toBeUndefined();
    }
  });

  test('the same text is never sealed to the same bytes', () => {
    expect(key.seal('x', 'a').equals(key.seal('x', 'a'))).toBe(false);
  });
});

describe('the key file', () => {
  test('is made at the first start, readable for the owner only, and stays', () => {
    const folder = tempFolder();
    const first = loadServerKey(folder).pseudonym('web', chatAddress('a'));
    expect(statSync(join(folder, 'server.key')).mode & 0o777).toBe(0o600);
    expect(loadServerKey(folder).pseudonym('web', chatAddress('a'))).toBe(first);
  });

  test('with a line break at its end, as editors write it, is the same key', () => {
    const folder = tempFolder();
    const first = loadServerKey(folder).pseudonym('web', chatAddress('a'));
    const path = join(folder, 'server.key');
    writeFileSync(path, `${readFileSync(path, 'utf8')}\r\n`);
    expect(loadServerKey(folder).pseudonym('web', chatAddress('a'))).toBe(first);
  });

  test.each([
    ['empty', ''],
    ['cut off', randomBytes(16).toString('base64url')],
    ['too long', randomBytes(40).toString('base64url')],
    ['something else', 'password'],
  ])('that is %s stops the start with the repair', (_what, text) => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'server.key'), text);
    expect(() => loadServerKey(folder)).toThrow(StoreError);
    expect(() => loadServerKey(folder)).toThrow(/server\.key is damaged; restore it from a backup, or delete it/);
    if (text !== '') expect(() => loadServerKey(folder)).not.toThrow(text);
  });

  test('that is a folder stops the start with the repair', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'server.key'));
    expect(() => loadServerKey(folder)).toThrow(StoreError);
  });

  test('that cannot be made stops the start with the repair', () => {
    const folder = tempFolder();
    rmSync(folder, { recursive: true });
    expect(() => loadServerKey(folder)).toThrow(/server\.key cannot be written; make the data folder writable/);
  });
});
