/** An entry before sealing: everything comes back, nothing of another place is taken, damaged headers are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AUTHORS, decodeEntry, type Entry, EntryError, encodeEntry, PARTS } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { BUCKETS, LARGEST, pad, TooLarge } from '../../src/sealing/padding.ts';

const [SMALLEST = 0, SECOND = 0] = BUCKETS;
const PLACE = { case: randomId(), id: randomId() };
const ENTRY: Entry = { ...PLACE, author: 'reporter', part: 'what', day: '2026-11-22', place: 3, text: 'isi' };

const texts = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => text.isWellFormed());
const entries: fc.Arbitrary<Entry> = fc
  .record(
    {
      author: fc.constantFrom(...AUTHORS),
      part: fc.constantFrom(...PARTS),
      place: fc.nat(),
      text: texts,
      by: texts,
      file: fc.record({ name: texts, type: texts, bytes: fc.uint8Array({ maxLength: 5_000 }) }),
    },
    { requiredKeys: ['author', 'part', 'place', 'text'] },
  )
  .map((some) => ({ ...PLACE, day: '2026-11-22', ...some }) as Entry);

describe('an entry', () => {
  test('comes back as it was, with its file', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        expect(decodeEntry(encodeEntry(entry), PLACE)).toEqual(entry);
      }),
      { numRuns: 100 },
    );
  });

  test('of any text that fits a bucket has the same size', () => {
    const overhead = encodedLength({ ...ENTRY, text: '' });
    for (let length = 0; length <= SMALLEST - 4 - overhead; length += 7)
      expect(encodeEntry({ ...ENTRY, text: 'a'.repeat(length) })).toHaveLength(SMALLEST);
    expect(encodeEntry({ ...ENTRY, text: 'a'.repeat(SMALLEST - 4 - overhead) })).toHaveLength(SMALLEST);
    expect(encodeEntry({ ...ENTRY, text: 'a'.repeat(SMALLEST - 3 - overhead) })).toHaveLength(SECOND);
  });

  test('with the longest file that fits comes back; with one byte more it is refused', () => {
    const file = { name: 'video.mp4', type: 'video/mp4', bytes: new Uint8Array() };
    const room = LARGEST - encodedLength({ ...ENTRY, file });
    const full = { ...ENTRY, file: { ...file, bytes: new Uint8Array(room).fill(7) } };
    expect(decodeEntry(encodeEntry(full), PLACE).file?.bytes).toHaveLength(room);
    expect(() => encodeEntry({ ...full, file: { ...file, bytes: new Uint8Array(room + 1) } })).toThrow(TooLarge);
  });

  test('of another case, or under another id, is refused', () => {
    const bytes = encodeEntry(ENTRY);
    expect(() => decodeEntry(bytes, { ...PLACE, case: randomId() })).toThrow(
      new EntryError('the entry belongs to another case'),
    );
    expect(() => decodeEntry(bytes, { ...PLACE, id: randomId() })).toThrow(
      new EntryError('the entry is a copy of another one'),
    );
  });
});

describe('what is no entry', () => {
  const GOOD = { version: 1, ...ENTRY };
  const without = (name: keyof typeof GOOD) => Object.fromEntries(Object.entries(GOOD).filter(([key]) => key !== name));

  test('its good form is read, so that the refusals below mean something', () => {
    expect(decodeEntry(written(JSON.stringify(GOOD)), PLACE)).toEqual(ENTRY);
  });

  test.each<[string, Uint8Array]>([
    ['no bytes', new Uint8Array()],
    ['an empty bucket', pad(new Uint8Array())],
    ['too short for a length', pad(new Uint8Array(3))],
    ['a header longer than the content', pad(new Uint8Array([0, 0, 0, 9, 123, 125]))],
    ['a header of four gigabytes', pad(new Uint8Array([0xff, 0xff, 0xff, 0xff, 123, 125]))],
    ['no JSON', written('{"version":1')],
    ['bytes that are no UTF-8', pad(new Uint8Array([0, 0, 0, 2, 0xc3, 0x28]))],
    ['null', written('null')],
    ['a number', written('1')],
    ['a text', written('"isi"')],
    ['a list', written('[]')],
    ['another version', json({ ...GOOD, version: 2 })],
    ['no version', json(without('version'))],
    ['no case', json(without('case'))],
    ['no id', json(without('id'))],
    ['no author', json(without('author'))],
    ['no text', json(without('text'))],
    ['no day', json(without('day'))],
    ['no place', json(without('place'))],
    ['an unknown author', json({ ...GOOD, author: 'admin' })],
    ['an unknown part', json({ ...GOOD, part: 'why' })],
    ['an author by inheritance', json({ ...GOOD, author: 'constructor' })],
    ['a place that is a text', json({ ...GOOD, place: '3' })],
    ['a place that is no whole number', json({ ...GOOD, place: 1.5 })],
    ['a text that is a list', json({ ...GOOD, text: ['isi'] })],
    ['a file without a name', json({ ...GOOD, file: { type: 'image/jpeg' } })],
    ['a file that is a text', json({ ...GOOD, file: 'foto.jpg' })],
    ['a file that is null', json({ ...GOOD, file: null })],
  ])('%s', (_what, bytes) => {
    expect(() => decodeEntry(bytes, PLACE)).toThrow(EntryError);
  });

  test('nothing of it is in the error', () => {
    const failure = (bytes: Uint8Array): string => {
      try {
        decodeEntry(bytes, PLACE);
      } catch (error) {
        return String((error as Error).stack) + String((error as Error).cause);
      }
      return 'read';
    };
    expect(failure(written('{"text":"RAHASIA'))).not.toContain('RAHASIA');
    expect(failure(json({ ...GOOD, author: 'RAHASIA' }))).not.toContain('RAHASIA');
  });

  test('any bytes are read or refused, and never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.json(), (bytes, text) => {
        for (const some of [pad(bytes), bytes, written(text)])
          expect(() => decodeEntry(some, PLACE)).toThrow(EntryError);
      }),
      { numRuns: 100 },
    );
  });
});

const json = (header: object): Uint8Array => written(JSON.stringify(header));

/** A header as it lies in an entry. */
function written(header: string): Uint8Array {
  const bytes = new TextEncoder().encode(header);
  const content = new Uint8Array(4 + bytes.length);
  new DataView(content.buffer).setUint32(0, bytes.length);
  content.set(bytes, 4);
  return pad(content);
}

/** Bytes of an entry before it is filled up. */
const encodedLength = (entry: Entry): number => {
  const bytes = encodeEntry(entry);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
};
