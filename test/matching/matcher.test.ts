/** The matcher on the small rule base: what is found in a question besides its rule. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FollowUp, Matcher } from '../../src/matching/matcher.ts';
import { smallBrain } from '../support/small-brain.ts';

let matcher: Matcher;
beforeAll(() => {
  ({ matcher } = smallBrain());
});

describe('a question', () => {
  test('finds its rule, also with slang and typos', () => {
    for (const text of [
      'boleh menyukai unggahan calon?',
      'blh ngelike postingn palson ga sih wkwkwk',
      'BOLEHHH LIKE UNGGAHAN CALON???',
    ])
      expect([text, matcher.match(text)]).toMatchObject([text, { outcome: 'answer', rule: 'suka-unggahan' }]);
  });

  test('about something else is told as such', () => {
    expect(matcher.match('cuaca besok')).toMatchObject({ outcome: 'out', outClass: 'other-subjects' });
  });

  test('of unknown words is not known, and offers nothing', () => {
    expect(matcher.match('xyzzy qwfpgj')).toMatchObject({ outcome: 'unknown', confidence: 0, candidates: [] });
    expect(matcher.match('')).toMatchObject({ outcome: 'unknown', candidates: [] });
  });

  test('has at most three candidates, best first', () => {
    const { candidates } = matcher.match('boleh menyukai unggahan calon?');
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(candidates[0]?.rule).toBe('suka-unggahan');
    const confidences = candidates.map(({ confidence }) => confidence);
    expect([...confidences].sort((a, b) => b - a)).toEqual(confidences);
  });

  test('with a word of danger is about danger, whatever else it says', () => {
    expect(matcher.match('boleh menyukai unggahan calon? saya mau dibunuh')).toMatchObject({
      outcome: 'out',
      outClass: 'threat',
      confidence: 1,
    });
    expect(matcher.match('teman saya disekap di kantor')).toMatchObject({ outcome: 'out', outClass: 'threat' });
    expect(matcher.match('boleh menyukai unggahan calon?')).toMatchObject({ outcome: 'answer' });
  });
});

describe('who and when', () => {
  test.each([
    ['saya pppk, boleh like unggahan calon', { actor: 'pppk' }],
    ['saya p3k paruh waktu boleh like', { actor: undefined }],
    ['pak kades like unggahan calon', { actor: 'kades' }],
    ['honorer like unggahan calon', { actor: 'honorer' }],
    ['pns sama honorer boleh like?', { actor: 'honorer' }],
    ['honorer sama kades boleh like?', { actor: undefined }],
    ['like unggahan calon pas masa tenang', { stage: 'quiet' }],
    ['like bakal calon pas masa tenang', { stage: undefined }],
    ['pns like bakal calon', { actor: 'pns', stage: 'prospective' }],
    ['like unggahan calon', { actor: undefined, stage: undefined }],
  ])('%j', (text, facets) => {
    expect(matcher.match(text).facets).toMatchObject(facets);
  });
});

describe('follow-ups', () => {
  const kinds: ReadonlyArray<readonly [string, FollowUp]> = [
    ['sanksinya apa?', { kind: 'sanctions' }],
    ['kena sanksi apa min', { kind: 'sanctions' }],
    ['dasarnya?', { kind: 'citations' }],
    ['sumbernya mana', { kind: 'citations' }],
    ['bukan ini', { kind: 'not-this' }],
    ['bukan itu maksud saya', { kind: 'not-this' }],
    ['kalau PPPK?', { kind: 'actor', actor: 'pppk' }],
    ['kalo p3k gmn', { kind: 'actor', actor: 'pppk' }],
    ['kalau kades sanksinya apa', { kind: 'actor', actor: 'kades' }],
    ['kalau masa tenang?', { kind: 'stage', stage: 'quiet' }],
    ['kalau udah ditetapin kpu', { kind: 'stage', stage: 'candidate' }],
    ['sebelum ada penetapan calon gimana', { kind: 'stage', stage: 'prospective' }],
    ['klo lagi kampanye gmn', { kind: 'stage', stage: 'candidate' }],
    ['sesudah pemilu?', { kind: 'stage', stage: 'after' }],
    ['kalau komen?', { kind: 'other-act' }],
    ['terus kalo share gmn', { kind: 'other-act' }],
  ];
  test.each(kinds)('%j', (text, meant) => {
    expect(matcher.followUp(text)).toEqual(meant);
  });

  test.each([
    '',
    '👍',
    'boleh suka unggahan calon bupati di grup kantor',
    'kapan pemilu lagi',
    'kalau saya menyukai unggahan calon bupati sendirian malam ini boleh',
    'kalau kades dan honorer',
    'sanksinya apa kalau saya kemarin di kantor kecamatan memotret kotak suara itu',
  ])('%j stands by itself', (text) => {
    expect(matcher.followUp(text)).toBeUndefined();
  });

  test('a long message is never one', () => {
    const piece = fc.constantFrom(
      ...'sanksi dasar kalau pppk kades masa tenang like share bukan ini apa dong'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 18, maxLength: 60 }), (pieces) => {
        const distinct = pieces.map((word, i) => (i % 2 === 0 ? `${word}` : `kata${i}`)).join(' ');
        expect(matcher.followUp(distinct)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  test('another act leads to a neighbour of the last rule, never back to it', () => {
    expect(matcher.otherAct('kalau share?', 'suka-unggahan')).toBe('info-kpu');
    expect(matcher.otherAct('kalau like?', 'suka-unggahan')).not.toBe('suka-unggahan');
    expect(matcher.otherAct('kalau share?', 'no-such-rule')).toBeUndefined();
  });
});

describe('two questions in one message', () => {
  const rules = (text: string) =>
    matcher.split(text).map((match) => (match.outcome === 'answer' ? match.rule : match.outcome));

  test('two sentences are two questions', () => {
    expect(rules('boleh suka unggahan calon? kapan pemilu berikutnya?')).toEqual(['suka-unggahan', 'jadwal']);
  });

  test('two acts are two questions', () => {
    expect(rules('boleh like sama share info kpu?')).toEqual(expect.arrayContaining(['info-kpu']));
    expect(rules('boleh jempol unggahan paslon dan bagikan info kpu?').length).toBeGreaterThan(0);
  });

  test('one question is one, however many question marks it has', () => {
    expect(rules('boleh menyukai unggahan calon???')).toEqual(['suka-unggahan']);
    expect(rules('halo min? boleh menyukai unggahan calon?')).toHaveLength(1);
  });

  test('twice the same is one', () => {
    expect(rules('boleh suka unggahan calon? jempol unggahan calon boleh?')).toEqual(['suka-unggahan']);
  });
});

describe('search', () => {
  test('finds titles and aliases, nearest first, as many as asked for', () => {
    expect(matcher.search('jadwal pemilu', 5)[0]).toBe('jadwal');
    expect(matcher.search('kpu', 1)).toHaveLength(1);
    expect(matcher.search('menyukai ungahan', 5)).toContain('suka-unggahan');
  });

  test('finds nothing for nothing', () => {
    expect(matcher.search('zzzzqqqq', 5)).toEqual([]);
    expect(matcher.search('jadwal', 0)).toEqual([]);
  });
});

test('an explanation names the words, the best labels and what led there', () => {
  const { tokens, scores, reasons } = matcher.explain('blh menyukai unggahan calon');
  expect(tokens.map(({ raw, word }) => [raw, word])).toContainEqual(['blh', 'boleh']);
  expect(scores[0]).toMatchObject({ label: 'suka-unggahan' });
  expect(reasons.map(({ feature }) => feature)).toContain('like');
  expect(reasons.every(({ feature }) => feature !== '')).toBe(true);
  expect(reasons[0]?.weight).toBeGreaterThan(0);
});

test('edited rules are answered by the same model', () => {
  const { knowledge } = smallBrain();
  const rules = new Map(knowledge.rules);
  rules.delete('suka-unggahan');
  const edited = matcher.withKnowledge({ ...knowledge, rules });
  const { candidates } = edited.match('boleh menyukai unggahan calon?');
  expect(candidates.map(({ rule }) => rule)).not.toContain('suka-unggahan');
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...'boleh like share calon kpu kapan pemilu ? , dan sama kalau pppk sanksi 👍 \u202e'.split(' '),
        ),
        { maxLength: 25 },
      )
      .map((parts) => parts.join(' ')),
  );

  test('gets a decision, the same each time, and never an exception', () => {
    fc.assert(
      fc.property(text, (any) => {
        const match = matcher.match(any);
        expect(['answer', 'choose', 'out', 'unknown']).toContain(match.outcome);
        expect(match.confidence).toBeGreaterThanOrEqual(0);
        expect(match.confidence).toBeLessThanOrEqual(1.000001);
        expect(matcher.match(any)).toEqual(match);
        expect(matcher.split(any).length).toBeGreaterThan(0);
        matcher.followUp(any);
        matcher.search(any, 5);
        matcher.explain(any);
        matcher.otherAct(any, 'jadwal');
      }),
      { numRuns: 100 },
    );
  });

  test('of 3,000 characters is read like any other', () => {
    expect(matcher.match('boleh menyukai unggahan calon? '.repeat(100))).toMatchObject({ outcome: 'answer' });
    expect(matcher.match('x'.repeat(3_000)).outcome).toBe('unknown');
    expect(matcher.split('like, share, '.repeat(230)).length).toBeGreaterThan(0);
  });
});
