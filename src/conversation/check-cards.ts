/** Checks on what is shown: no card too long for a phone, no wording missing, no label too long for a button. */
import { inRule } from '../knowledge/checks/at.ts';
import type { Knowledge } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import { card, details, MAX_CARD } from './card.ts';
import { plain } from './message.ts';

/** Longest message that every platform takes in one piece (Telegram and WhatsApp: 4,096). */
const MAX_MESSAGE = 4_000;

/** Keys of wording.yaml that the conversation uses. */
export const WORDING_KEYS = [
  'start',
  'help',
  'topics',
  'topic',
  'topic.paged',
  'search.found',
  'search.none',
  'choose',
  'unknown',
  'not-this.others',
  'not-this.none',
  'actors.ask',
  'actors.verdict',
  'actors.same',
  'sanctions.none',
  'settings.ask',
  'settings.unset',
  'settings.saved',
  'settings.removed',
  'forgotten',
  'calendar.today',
  'calendar.none',
  'calendar.coming',
  'calendar.always',
  'report.intro',
  'report.outro',
  'human',
  'empty',
  'no-words',
  'too-long',
  'expired',
  'gone',
  'unknown-command',
  'unsupported.voice',
  'unsupported.other',
  'slow-down',
  'failed',
  'button.details',
  'button.actors',
  'button.not-this',
  'button.none',
  'button.topics',
  'button.human',
  'button.next',
  'button.settings',
  'button.calendar',
  'button.no-actor',
] as const;

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
