import Fuse from 'fuse.js';
import { visible } from '../matching/normalise.ts';
import type { Choice } from './message.ts';

/** Fuse's score up to which typed words count as a choice's label: one or two wrong letters in a short label. */
const NEAR_MISS = 0.36;

const NUMBER = /^(?:no(?:mor|mer)?\.?\s*)?(\d{1,2})[.)]?$/i;

/**
 * The choice that a typed text means: its number ("2", "no 2", "2."), its label, or a near miss of it.
 * Undefined where the text is more likely a message of its own.
 */
export function pickChoice(choices: readonly Choice[], text: string): Choice | undefined {
  if (choices.length === 0) return undefined;
  const exact = pickExactly(choices, text);
  if (exact || NUMBER.test(text.trim())) return exact;
  const typed = visible(text).toLowerCase();
  // a command is meant as it stands, and a question that merely resembles a long title is a question
  if (typed.startsWith('/') || typed.length < 4 || typed.length > 60 || typed.endsWith('?')) return undefined;
  const best = new Fuse(choices, {
    keys: ['label'],
    includeScore: true,
    threshold: NEAR_MISS,
    ignoreLocation: true,
  }).search(typed)[0];
  if (best?.score === undefined || best.score > NEAR_MISS) return undefined;
  return Math.abs(best.item.label.length - typed.length) <= 3 ? best.item : undefined;
}

/** The choice whose number or whole label was typed: where anything else may be what a person wants to tell. */
export function pickExactly(choices: readonly Choice[], text: string): Choice | undefined {
  const number = NUMBER.exec(text.trim());
  if (number) return choices[Number(number[1]) - 1];
  const typed = visible(text).toLowerCase();
  return choices.find(({ label }) => label.toLowerCase() === typed);
}
