/**
 * Transcripts: conversations as YAML that anybody can read. Each step is what a person writes and what the answer must (not) contain; a
 * driver plays it through the conversation core or through a real channel.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const list = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

const step = z.strictObject({
  /** What the person writes. */
  say: z.string().optional(),
  /** Or: the label of a choice under the last answer that the person presses. */
  press: z.string().optional(),
  /** Or: a kind of message that is no text. */
  send: z.enum(['photo', 'voice', 'sticker', 'location', 'document']).optional(),
  /** Or: the last text, edited into this. */
  edit: z.string().optional(),
  /** Texts that the answer must contain (all replies taken together, without bold marks). */
  expect: list.optional(),
  not: list.optional(),
  /** Labels of choices that must be offered. */
  choices: list.optional(),
});

const transcript = z.strictObject({
  title: z.string(),
  /** Hours that pass before a step (its number, from 1). */
  hours: z.record(z.string(), z.number()).default({}),
  steps: z.array(step).min(1),
});

export type Transcript = z.output<typeof transcript>;
export type Step = z.output<typeof step>;

export interface Heard {
  readonly text: string;
  readonly choices: ReadonlyArray<{ readonly label: string; readonly send: string }>;
}

/** What a channel (or the core) must be able to do to play a transcript. */
export interface Driver {
  say(text: string): Promise<Heard>;
  press(choice: { readonly label: string; readonly send: string }): Promise<Heard>;
  /** Undefined where the channel cannot carry such messages; the step is then skipped. */
  send?(kind: NonNullable<Step['send']>): Promise<Heard>;
  edit?(text: string): Promise<Heard>;
  /** Undefined where the channel has no clock that a test can turn. */
  wait?(hours: number): void;
}

const FOLDER = fileURLToPath(new URL('../transcripts', import.meta.url));

export const transcripts: ReadonlyArray<readonly [string, Transcript]> = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((name) => {
    const parsed = z.array(transcript).parse(parse(readFileSync(join(FOLDER, name), 'utf8')));
    return parsed.map((entry) => [`${name.replace('.yaml', '')}: ${entry.title}`, entry] as const);
  });

const flat = (text: string) => text.replace(/\*\*/g, '').replace(/\s+/g, ' ').toLowerCase();

/** Plays a transcript and checks every step; the failing step is named. */
export async function play(entry: Transcript, driver: Driver): Promise<void> {
  let last: Heard = { text: '', choices: [] };
  for (const [index, current] of entry.steps.entries()) {
    const place = `step ${index + 1} (${current.say ?? current.press ?? current.send ?? current.edit ?? ''})`;
    const hours = entry.hours[String(index + 1)];
    if (hours !== undefined) {
      if (!driver.wait) return;
      driver.wait(hours);
    }
    const heard = await take(current, last, driver, place);
    if (heard === undefined) continue;
    last = heard;
    for (const text of current.expect ?? []) expect(flat(heard.text), place).toContain(flat(text));
    for (const text of current.not ?? []) expect(flat(heard.text), place).not.toContain(flat(text));
    for (const label of current.choices ?? [])
      expect(
        heard.choices.map((choice) => choice.label),
        place,
      ).toContain(label);
  }
}

async function take(current: Step, last: Heard, driver: Driver, place: string): Promise<Heard | undefined> {
  if (current.say !== undefined) return driver.say(current.say);
  if (current.send !== undefined) return driver.send?.(current.send);
  if (current.edit !== undefined) return driver.edit?.(current.edit);
  const choice = last.choices.find(({ label }) => label === current.press);
  if (!choice)
    throw new Error(
      `${place}: no choice "${current.press}" among ${last.choices.map(({ label }) => label).join(' | ')}`,
    );
  return driver.press(choice);
}
