import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Challenges } from '../../../../src/channels/web/door/challenges.ts';
import { isSolved, LEAST_BITS, ROUNDS, solve } from '../../../../src/channels/web/door/work.ts';

const sign = (text: string) => createHmac('sha256', 'of the test').update(text).digest('base64url');
const answerTo = ({ challenge, bits }: { challenge: string; bits: number }) =>
  `${challenge};${solve(challenge, bits).join(',')}`;

describe('the puzzles', () => {
  test('an answer fits its challenge and no other', () => {
    const answers = solve('one', 10);
    expect(answers).toHaveLength(ROUNDS);
    expect(isSolved('one', 10, answers)).toBe(true);
    expect(isSolved('another', 10, answers)).toBe(false);
  });

  test('every round counts', () => {
    const answers = solve('one', 10);
    for (let round = 0; round < ROUNDS; round += 1) {
      const wrong = answers.with(round, (answers[round] ?? 0) + 1);
      // by chance 1 of 1,024 others would fit
      expect([round, isSolved('one', 10, wrong)]).toEqual([round, false]);
    }
    expect(isSolved('one', 10, answers.slice(1))).toBe(false);
    expect(isSolved('one', 10, [])).toBe(false);
  });

  test('they cost about as many hashes as they say', () => {
    const tried = Array.from({ length: 20 }, (_, i) =>
      solve(`cost ${i}`, 8).reduce((sum, answer) => sum + answer + 1, 0),
    );
    const mean = tried.reduce((sum, count) => sum + count, 0) / tried.length;
    expect(mean).toBeGreaterThan((ROUNDS * 256) / 2);
    expect(mean).toBeLessThan(ROUNDS * 256 * 2);
  });
});

describe('challenges', () => {
  test('an answer is taken once', () => {
    const challenges = new Challenges(sign);
    const answer = answerTo(challenges.issue());
    expect(challenges.take(answer)).toBe(true);
    expect(challenges.take(answer)).toBe(false);
    expect(challenges.take(`${answer},`)).toBe(false);
  });

  test('a wrong, forged or empty one is refused', () => {
    const challenges = new Challenges(sign);
    const { challenge, bits } = challenges.issue();
    const [nonce, expiry, , signature] = challenge.split('.');
    const easier = `${nonce}.${expiry}.0.${signature}`;
    for (const answer of [
      '',
      ';',
      challenge,
      `${challenge};0,0,0,0,0,0,0,0`,
      `${easier};0,0,0,0,0,0,0,0`,
      answerTo({ challenge: `${nonce}.${Number(expiry) + 1}.${bits}.${signature}`, bits }),
      answerTo({ challenge: `${nonce}.${expiry}.${bits}`, bits }),
      answerTo(new Challenges((text) => sign(`${text}!`)).issue()),
    ])
      expect([answer, challenges.take(answer)]).toEqual([answer, false]);
    expect(challenges.take(answerTo({ challenge, bits }))).toBe(true);
  });

  test('in quiet times it asks for little', () => {
    expect(new Challenges(sign).issue().bits).toBe(LEAST_BITS);
  });

  test('it expires', () => {
    let now = 1_000_000;
    const challenges = new Challenges(sign, () => now);
    const answer = answerTo(challenges.issue());
    now += 10 * 60 * 1000;
    expect(challenges.take(answer)).toBe(false);
  });

  test('another process with the same key takes it', () => {
    const answer = answerTo(new Challenges(sign).issue());
    expect(new Challenges(sign).take(answer)).toBe(true);
  });

  test('a flood makes the work harder, and quiet makes it easy again', () => {
    let now = 1_000_000;
    const challenges = new Challenges(sign, () => now, 1);
    expect(challenges.issue().bits).toBe(1);
    const seen = new Set<number>();
    for (let i = 0; i < 2_000; i += 1) {
      const challenge = challenges.issue();
      seen.add(challenge.bits);
      expect(challenges.take(answerTo(challenge))).toBe(true);
    }
    expect([...seen]).toEqual([1, 2, 3, 4, 5, 6]);
    now += 10 * 60 * 1000;
    expect(challenges.issue().bits).toBe(1);
  });
});
