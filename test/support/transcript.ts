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
  /**
   * What the person writes. `{receipt}` stands for the ten words of the last receipt, `{asked}` for the two that were asked for, `{3}`
   * for the third, `{typo}` for all ten with a letter missing.
   */
  say: z.string().optional(),
  /** Or: the label of a choice under the last answer that the person presses. */
  press: z.string().optional(),
  /** Or: a kind of message that is no text. */
  send: z.enum(['photo', 'voice', 'sticker', 'location', 'document']).optional(),
  /** Or: the last text, edited into this. */
  edit: z.string().optional(),
  /** Or: an officer reads the newest case or question and answers with this. */
  officer: z.string().optional(),
  /** Or: what an officer does with it. */
  office: z.enum(['read', 'handed-on', 'closed']).optional(),
  /** Or: the program starts anew. */
  restart: z.literal(true).optional(),
  /** Texts that the answer must contain (all replies taken together, without bold marks). */
  expect: list.optional(),
  not: list.optional(),
  /** Labels of choices that must be offered. */
  choices: list.optional(),
  /** Whether what the person wrote is taken off the chat; checked where the driver can see it. */
  erased: z.boolean().optional(),
  /** Nothing at all is answered. */
  silent: z.literal(true).optional(),
});

const transcript = z.strictObject({
  title: z.string(),
  /** Hours that pass before a step (its number, from 1). */
  hours: z.record(z.string(), z.number()).default({}),
  /** There are officers who can read tips. */
  officers: z.boolean().default(false),
  /** It plays in a group, where everything is addressed to the bot. */
  group: z.boolean().default(false),
  steps: z.array(step).min(1),
});

export type Transcript = z.output<typeof transcript>;
export type Step = z.output<typeof step>;

export interface Heard {
  readonly text: string;
  readonly choices: ReadonlyArray<{ readonly label: string; readonly send: string }>;
  /** Undefined where the driver cannot see it. */
  readonly erased?: boolean;
}

/** What a channel (or the core) must be able to do to play a transcript. */
export interface Driver {
  say(text: string): Promise<Heard>;
  press(choice: { readonly label: string; readonly send: string }): Promise<Heard>;
  /** Undefined where the channel cannot carry such messages; the step is then skipped. */
  send?(kind: NonNullable<Step['send']>): Promise<Heard>;
  /** What `send` sends has bytes that the channel can fetch, of the kind that it says. */
  readonly files?: true;
  edit?(text: string): Promise<Heard>;
  /** Undefined where the channel has no clock that a test can turn. */
  wait?(hours: number): void;
  /** Undefined where the channel has nothing to restart in a test. */
  restart?(): Promise<void>;
  /** What an officer's answer brings into the chat; empty where it waits for the receipt. */
  officer?(text: string): Promise<Heard>;
  /** An officer's answer to a question comes into the chat by itself. */
  readonly pushes?: true;
  office?(act: NonNullable<Step['office']>): Promise<void>;
  /** Whether there are officers, from now on. Undefined where the channel has no reports in tests. */
  officers?(there: boolean): Promise<void>;
  /** From now on it plays in a group. */
  group?(): void;
}

/** The ten words and the places asked for, as they were last shown. */
interface Shown {
  readonly words: readonly string[];
  readonly asked: readonly number[];
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

/** True where the driver can do all that the transcript needs; what it cannot is played by another. */
function playable({ officers, group, steps, hours }: Transcript, driver: Driver): boolean {
  const needs = (of: (step: Step) => unknown) => steps.some((current) => of(current) !== undefined);
  return !(
    (officers && !driver.officers) ||
    (group && !driver.group) ||
    (Object.keys(hours).length > 0 && !driver.wait) ||
    (needs(({ restart }) => restart) && !driver.restart) ||
    (needs(({ officer }) => officer) && !driver.officer) ||
    (steps.some((current) => current.officer !== undefined && current.expect !== undefined) && !driver.pushes) ||
    (needs(({ office }) => office) && !driver.office) ||
    // what is sent as evidence shows up in later steps
    (officers && needs(({ send }) => send) && !driver.files) ||
    (officers && needs(({ edit }) => edit) && !driver.edit)
  );
}

/** Plays a transcript and checks every step; the failing step is named. */
export async function play(entry: Transcript, driver: Driver): Promise<void> {
  if (!playable(entry, driver)) return;
  await driver.officers?.(entry.officers);
  if (entry.group) driver.group?.();
  let last: Heard = { text: '', choices: [] };
  let shown: Shown = { words: [], asked: [] };
  for (const [index, current] of entry.steps.entries()) {
    const place = `step ${index + 1} (${current.say ?? current.press ?? current.send ?? current.edit ?? current.officer ?? current.office ?? 'restart'})`;
    const hours = entry.hours[String(index + 1)];
    if (hours !== undefined) driver.wait?.(hours);
    const heard = await take(current, last, shown, driver, place);
    if (heard === undefined) continue;
    last = heard;
    shown = receiptIn(heard.text) ?? shown;
    for (const text of current.expect ?? []) expect(flat(heard.text), place).toContain(flat(text));
    for (const text of current.not ?? []) expect(flat(heard.text), place).not.toContain(flat(text));
    for (const label of current.choices ?? [])
      expect(
        heard.choices.map((choice) => choice.label),
        place,
      ).toContain(label);
    if (current.erased !== undefined && heard.erased !== undefined) expect(heard.erased, place).toBe(current.erased);
    if (current.silent) expect(heard.text, place).toBe('');
  }
}

async function take(
  current: Step,
  last: Heard,
  shown: Shown,
  driver: Driver,
  place: string,
): Promise<Heard | undefined> {
  if (current.say !== undefined) return driver.say(filled(current.say, shown));
  if (current.send !== undefined) return driver.send?.(current.send);
  if (current.edit !== undefined) return driver.edit?.(current.edit);
  if (current.officer !== undefined) return driver.officer?.(current.officer);
  if (current.office !== undefined) return void (await driver.office?.(current.office));
  if (current.restart) return void (await driver.restart?.());
  const choice = last.choices.find(({ label }) => label === current.press);
  if (!choice)
    throw new Error(
      `${place}: no choice "${current.press}" among ${last.choices.map(({ label }) => label).join(' | ')}`,
    );
  return driver.press(choice);
}

/** The receipt that a text shows, if it does. */
function receiptIn(text: string): Shown | undefined {
  const words = [...text.matchAll(/\b(\d{1,2})\. ([a-z]+)/g)];
  const places = /kata ke-(\d+) dan ke-(\d+)/.exec(text);
  if (words.length < 10 || !places) return undefined;
  return { words: words.slice(0, 10).map(([, , word = '']) => word), asked: [Number(places[1]), Number(places[2])] };
}

const filled = (text: string, { words, asked }: Shown): string =>
  text
    .replace('{receipt}', words.join(' '))
    .replace('{asked}', asked.map((place) => words[place - 1]).join(' '))
    .replace('{typo}', words.map((word, i) => (i === 3 ? word.slice(0, -1) : word)).join(' '))
    .replace(/\{(\d+)\}/g, (_, place: string) => words[Number(place) - 1] ?? '');
