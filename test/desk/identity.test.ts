/** Identity files: what opens them, and that nothing stands still meanwhile. */
import { expect, test } from 'vitest';
import { DeskError } from '../../src/desk/errors.ts';
import { makeIdentity, sameFingerprint, unwrapIdentity, wrapIdentity } from '../../src/desk/identity.ts';
import { fingerprint } from '../../src/sealing/fingerprint.ts';

const CHEAP = 4;
const PASSPHRASE = 'sepeda hujan lemari kopi';

const refusal = async (file: string, passphrase: string): Promise<string> => {
  try {
    await unwrapIdentity(file, passphrase);
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(DeskError);
    expect((error as DeskError).kind).toBe('locked');
    return (error as DeskError).message;
  }
};

test('opens with its passphrase, however it is spaced, and gives the same pair', async () => {
  const pair = makeIdentity();
  const file = await wrapIdentity(pair, PASSPHRASE, CHEAP);
  expect(await unwrapIdentity(file, ` ${PASSPHRASE.replaceAll(' ', '\n  ')}\r\n`)).toEqual(pair);
  expect(await unwrapIdentity(file.replaceAll('\n', '\r\n'), PASSPHRASE)).toEqual(pair);
});

test('does not open with another passphrase, changed, cut, or where it holds something else', async () => {
  const pair = makeIdentity();
  const file = await wrapIdentity(pair, PASSPHRASE, CHEAP);
  expect(await refusal(file, PASSPHRASE.toUpperCase())).toContain('Frasa sandi salah');
  const lines = file.split('\n');
  const middle = lines.length - 8;
  const changed = lines.with(
    middle,
    (lines[middle] ?? '').replace(/^./, (char) => (char === 'A' ? 'B' : 'A')),
  );
  expect(await refusal(changed.join('\n'), PASSPHRASE)).toContain('rusak');
  expect(await refusal(lines.toSpliced(middle, 1).join('\n'), PASSPHRASE)).toContain('rusak');
  expect(await refusal('halo', PASSPHRASE)).toContain('bukan berkas identitas');
  const foreign = await wrapIdentity(
    { ...pair, identity: 'AGE-SECRET-KEY-1QQ' as typeof pair.identity },
    PASSPHRASE,
    CHEAP,
  );
  expect(await refusal(foreign, PASSPHRASE)).toContain('bukan berkas identitas');
});

test('while scrypt works, this thread goes on', async () => {
  const pair = makeIdentity();
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
  }, 1);
  await wrapIdentity(pair, PASSPHRASE, 15);
  clearInterval(timer);
  // in this thread there would be none until it is done
  expect(turns).toBeGreaterThan(5);
});

test('fingerprints are compared as people read them', async () => {
  const print = await fingerprint([makeIdentity().recipient]);
  expect(sameFingerprint(print, print.toUpperCase().replaceAll(' ', '-'))).toBe(true);
  expect(sameFingerprint(print, await fingerprint([makeIdentity().recipient]))).toBe(false);
  expect(sameFingerprint('', '')).toBe(false);
});
