/** The menu of topics, the rules of one topic, and the search by words. */
import type { Rule } from '../../knowledge/schema.ts';
import { VERDICT_WORDS } from '../card.ts';
import { reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import type { State } from '../state.ts';
import { ruleChoices, showRule, type Turn } from './show.ts';

/** Rules on one page of a topic: with the two buttons below they fit the ten rows of a WhatsApp list. */
const PAGE = 8;

export function topics(state: State, services: Services): Turn {
  const choices = services.knowledge.topics.map(({ id, title }) => ({ label: title, send: `/topik ${id}` }));
  return { state: { ...state, flow: { kind: 'browsing' } }, replies: [reply(say(services, 'topics'), choices)] };
}

export function topic(state: State, id: string, page: number, services: Services): Turn {
  const entry = services.knowledge.topics.find((candidate) => candidate.id === id);
  if (!entry) return topics(state, services);
  const rules = [...services.knowledge.rules.values()].filter((rule) => rule.topic === id);
  const pages = Math.max(1, Math.ceil(rules.length / PAGE));
  const current = Math.min(page, pages);
  const shown = rules.slice((current - 1) * PAGE, current * PAGE);
  const text = say(services, pages > 1 ? 'topic.paged' : 'topic', {
    title: entry.title,
    about: entry.about,
    page: current,
    pages,
  });
  const choices = ruleChoices(
    shown.map((rule) => rule.id),
    services,
  );
  if (current < pages) choices.push({ label: say(services, 'button.next'), send: `/topik ${id} ${current + 1}` });
  choices.push({ label: say(services, 'button.topics'), send: '/topik' });
  return { state: { ...state, flow: { kind: 'browsing', topic: id } }, replies: [reply(text, choices)] };
}

/** `/cari stiker`: rules whose title or aliases contain the words, nearest first. */
export function search(state: State, words: string, services: Services): Turn {
  if (words.trim() === '') return topics(state, services);
  const found = services.matcher.search(words, PAGE);
  if (found.length === 1) {
    const only = services.knowledge.rules.get(found[0] as string);
    if (only) return showRule(state, only, services);
  }
  if (found.length === 0) {
    return {
      state,
      replies: [reply(say(services, 'search.none'), [{ label: say(services, 'button.topics'), send: '/topik' }])],
    };
  }
  return {
    state: { ...state, flow: { kind: 'choosing', rules: found } },
    replies: [reply(say(services, 'search.found'), ruleChoices(found, services))],
  };
}

/** One line about a rule, for inline results and lists: "Menyukai (like) unggahan calon: tidak boleh". */
export const ruleLine = (rule: Rule): string => `${rule.title}: ${VERDICT_WORDS[rule.verdict]}`;
