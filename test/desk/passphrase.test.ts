import { describe, expect, test } from 'vitest';
import { judgePassphrase } from '../../src/desk/passphrase.ts';

describe('refused, with what to do', () => {
  test.each([
    ['', '12 huruf atau 4 kata'],
    ['rahasia', '12 huruf atau 4 kata'],
    ['Ab3$xyz', '12 huruf atau 4 kata'],
    ['password1234', 'mudah ditebak'],
    ['aaaaaaaaaaaaaaaa', 'mudah ditebak'],
    ['bawaslu pemilu 123456', 'mudah ditebak'],
  ])('%j', (passphrase, repair) => {
    const found = judgePassphrase(passphrase);
    expect(found.ok).toBe(false);
    expect(found.repair).toContain(repair);
  });
});

describe('taken', () => {
  test.each(['sepeda hujan lemari kopi', 'kuda-laut membaca koran sore', 'gT7#kPq2!vLm9z'])('%j', (passphrase) => {
    const found = judgePassphrase(passphrase);
    expect(found.ok).toBe(true);
    expect(['cukup', 'kuat', 'sangat kuat']).toContain(found.says);
  });
});
