/**
 * A proof of work (hashcash) for the web door: a flood of tips costs its sender computing time, a person a fraction of a second. Runs
 * in the server and in the browser: nothing of Node here.
 *
 * Several small puzzles instead of a large one, so that the time to solve them varies little.
 */
import { sha256 } from '@noble/hashes/sha2.js';

/** Puzzles of one challenge. */
export const ROUNDS = 8;
/** Zero bits that each answer's hash begins with: about 8 x 2^13 hashes, half a second on a cheap phone. */
export const LEAST_BITS = 13;

/** Answers to all puzzles of a challenge: one number for each. */
export function solve(challenge: string, bits: number): number[] {
  const input = puzzle(challenge);
  return Array.from({ length: ROUNDS }, (_, round) => {
    let answer = 0;
    while (!fits(input, round, answer, bits)) answer += 1;
    return answer;
  });
}

/** True where every answer is right. */
export function isSolved(challenge: string, bits: number, answers: readonly number[]): boolean {
  const input = puzzle(challenge);
  return answers.length === ROUNDS && answers.every((answer, round) => fits(input, round, answer, bits));
}

/** Hash of the challenge, and room for the puzzle's number and an answer: together one block of SHA-256. */
function puzzle(challenge: string): DataView {
  const input = new Uint8Array(32 + 1 + 4);
  input.set(sha256(new TextEncoder().encode(challenge)));
  return new DataView(input.buffer);
}

function fits(input: DataView, round: number, answer: number, bits: number): boolean {
  input.setUint8(32, round);
  input.setUint32(33, answer);
  const hash = sha256(new Uint8Array(input.buffer));
  const head = ((hash[0] as number) << 16) | ((hash[1] as number) << 8) | (hash[2] as number);
  return head >>> (24 - bits) === 0;
}
