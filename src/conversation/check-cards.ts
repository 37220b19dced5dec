/** Checks on what is shown: no card too long for a phone, no wording missing, no label too long for a button. */
import { inRule } from '../knowledge/checks/at.ts';
import type { Knowledge } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import { ACTORS, STAGES } from '../knowledge/schema.ts';
import { card, details, MAX_CARD } from './card.ts';
import { plain } from './message.ts';
import { WORDING_KEYS } from './wording-keys.ts';

/** Longest message that every platform takes in one piece (Telegram and WhatsApp: 4,096). */
const MAX_MESSAGE = 4_000;

export function checkCards(knowledge: Knowledge): Problem[] {
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    const length = plain(card(rule, knowledge)).length;
    if (length > MAX_CARD)
      out.push(
        inRule(knowledge, rule.id, ['answer'], {
          check: 'too-long',
          message: `its card has ${length} characters, at most ${MAX_CARD}`,
          repair: 'shorten answer, instead, conditions or positions, or move text to `detail`',
        }),
      );
    const long = plain(details(rule, knowledge)).length;
    if (long > MAX_MESSAGE)
      out.push(
        inRule(knowledge, rule.id, ['detail'], {
          check: 'too-long',
          message: `its details have ${long} characters, at most ${MAX_MESSAGE}`,
          repair: 'shorten `detail`, or cite less',
        }),
      );
  }
  for (const key of WORDING_KEYS) {
    if (knowledge.wording[key] === undefined)
      out.push({
        file: 'wording.yaml',
        line: 1,
        column: 1,
        check: 'wording',
        message: `"${key}" is missing`,
        repair: 'add the key with the sentence that the bot should say',
      });
  }
  return out;
}

/** Cards that are too long in some situation only. Apart, because it renders every rule some eighty times: too slow for every start. */
export function checkSituations(knowledge: Knowledge): Problem[] {
  const situations = [undefined, ...ACTORS].flatMap((actor) =>
    [undefined, ...STAGES].map((stage) => ({ actor, stage })),
  );
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    if (plain(card(rule, knowledge)).length > MAX_CARD) continue; // told by checkCards
    const lengths = situations.map((situation) => plain(card(rule, knowledge, situation)).length);
    const length = Math.max(...lengths);
    const { actor, stage } = situations[lengths.indexOf(length)] ?? {};
    if (length > MAX_CARD)
      out.push(
        inRule(knowledge, rule.id, ['answer'], {
          check: 'too-long',
          message: `its card for ${[actor, stage].filter(Boolean).join(', ')} has ${length} characters, at most ${MAX_CARD}`,
          repair: 'shorten what `by_actor`, `by_stage` or actors.yaml says there, or answer, conditions or positions',
        }),
      );
  }
  return out;
}
