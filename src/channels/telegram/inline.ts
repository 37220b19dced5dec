/** Inline mode: `@bot like` in any chat offers rules, and the chosen one is sent there as a card. */
import type { InlineQueryResultArticle } from 'telegraf/types';
import { card, VERDICT_WORDS } from '../../conversation/card.ts';
import type { Services } from '../../conversation/services.ts';
import type { Rule } from '../../knowledge/schema.ts';
import type { BotApi } from './api.ts';
import { htmlMessages } from './split.ts';

/** What inline mode reads of the services: it knows no person and no time. */
export type InlineServices = Pick<Services, 'knowledge' | 'matcher'>;

const RESULTS = 10;
/** Seconds that Telegram may keep an answer for others who type the same. */
const CACHE = 60;
/** Telegram lets people type 256 characters here; more can only be forged. */
const QUERY_LIMIT = 256;
/** So many characters are searched for in titles: the cost grows with each, and inline mode asks at every letter typed. */
const SEARCHED = 32;

/** The articles for what was typed after the bot's name. */
export function articles(words: string, services: InlineServices): InlineQueryResultArticle[] {
  return rulesFor(words.slice(0, QUERY_LIMIT).trim(), services).map((rule) => ({
    type: 'article',
    id: rule.id,
    title: rule.title,
    description: VERDICT_WORDS[rule.verdict],
    input_message_content: {
      // a card is a quarter of what fits into a message
      message_text: htmlMessages(card(rule, services.knowledge))[0] ?? '',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  }));
}

function rulesFor(words: string, { knowledge, matcher }: InlineServices): Rule[] {
  const ids =
    words === ''
      ? knowledge.topics.map(({ id }) => firstOf(id, knowledge.rules))
      : [
          ...matcher.match(words).candidates.map(({ rule }) => rule),
          ...matcher.search(words.slice(0, SEARCHED), RESULTS),
        ];
  return [...new Set(ids)].flatMap((id) => (id === undefined ? [] : (knowledge.rules.get(id) ?? []))).slice(0, RESULTS);
}

/** The rule that a curator put first in a topic's file is the most common one. */
const firstOf = (topic: string, rules: ReadonlyMap<string, Rule>): string | undefined =>
  [...rules.values()].find((rule) => rule.topic === topic)?.id;

/** Answers an inline query. Rejects where Telegram did; a query older than about ten seconds is refused. */
export async function answerInline(api: BotApi, query: string, words: string, services: InlineServices): Promise<void> {
  await api.insist('answerInlineQuery', {
    inline_query_id: query,
    results: articles(words, services),
    cache_time: CACHE,
    is_personal: false,
  });
}
