/**
 * The conversation: `respond(state, message, services)` is the whole of it. No network, no database, no platform.
 *
 * Reading order: {@link respond} decides which flow a message belongs to; each file under flows/ is one flow.
 */

import { visible } from '../matching/normalise.ts';
import { type Command, parseCommand } from './command.ts';
import { ask } from './flows/ask.ts';
import { search, topic, topics } from './flows/browse.ts';
import { notThis } from './flows/follow-up.ts';
import { calendar, help, human, report, start } from './flows/help.ts';
import { forget, settings } from './flows/settings.ts';
import { showActors, showDetails, showForActor, showRule, type Turn } from './flows/show.ts';
import { type Message, plain, type Reply, reply } from './message.ts';
import { pickChoice } from './pick.ts';
import { type Services, say } from './services.ts';
import { newState, SESSION_EXPIRES, type State } from './state.ts';

/** Longest message, in UTF-16 units, that is answered as a question; above it the person is asked to be brief. */
export const MAX_MESSAGE = 2_000;

/** One turn of the conversation: the next state and what to say. Never throws for anything a person can send. */
export function respond(before: State, message: Message, services: Services): { state: State; replies: Reply[] } {
  const now = services.now();
  const expired = before.at > 0 && now - before.at > SESSION_EXPIRES;
  const state: State = expired ? { ...newState(), settings: before.settings } : before;
  const turn = converse(state, message, services, expired);
  const choices = turn.replies
    .flatMap((entry) => entry.choices)
    .map(({ label, send }) => ({ label: plain(label), send }));
  return { state: { ...turn.state, at: now, choices }, replies: [...turn.replies] };
}

function converse(state: State, message: Message, services: Services, expired: boolean): Turn {
  switch (message.kind) {
    case 'unsupported':
      return { state, replies: [reply(say(services, `unsupported.${message.what === 'voice' ? 'voice' : 'other'}`))] };
    case 'edited':
    case 'text':
      return heard(state, message.text, services, expired);
    default:
      return message satisfies never;
  }
}

function heard(state: State, written: string, services: Services, expired: boolean): Turn {
  const text = visible(written, MAX_MESSAGE + 1);
  if (text === '' || !/[\p{L}\p{N}]/u.test(text))
    return { state, replies: [reply(say(services, text === '' ? 'empty' : 'no-words'))] };
  if (text.length > MAX_MESSAGE) return { state, replies: [reply(say(services, 'too-long', { max: MAX_MESSAGE }))] };
  const picked = pickChoice(state.choices, text);
  if (expired && picked === undefined && /^\d{1,2}$/.test(text))
    return { state, replies: [reply(say(services, 'expired'))] };
  const command = parseCommand(picked?.send ?? text);
  return command ? obey(state, command, services) : ask(state, text, services);
}

function obey(state: State, command: Command, services: Services): Turn {
  const { rules } = services.knowledge;
  const withRule = (id: string, show: (rule: NonNullable<ReturnType<typeof rules.get>>) => Turn): Turn => {
    const rule = rules.get(id);
    return rule ? show(rule) : gone(state, services);
  };
  switch (command.kind) {
    case 'start':
      return start(state, services);
    case 'help':
      return help(state, services);
    case 'topics':
      return topics(state, services);
    case 'topic':
      return topic(state, command.topic, command.page, services);
    case 'rule':
      return withRule(command.rule, (rule) => showRule(state, rule, services, { others: othersThan(state, rule.id) }));
    case 'details':
      return withRule(command.rule, (rule) => showDetails(state, rule, services));
    case 'actors':
      return withRule(command.rule, (rule) => showActors(state, rule, services));
    case 'for-actor':
      return withRule(command.rule, (rule) => showForActor(state, rule, command.actor, services));
    case 'not-this':
      return notThis(state, services, command.rule);
    case 'settings':
      return settings(state, command.actor, services);
    case 'calendar':
      return calendar(state, services);
    case 'report':
      return report(state, services);
    case 'human':
      return human(state, services);
    case 'search':
      return search(state, command.words, services);
    case 'forget':
      return forget(services);
    case 'unknown':
      return {
        state,
        replies: [reply(say(services, 'unknown-command'), [{ label: say(services, 'button.topics'), send: '/topik' }])],
      };
    default:
      return command satisfies never;
  }
}

/** After choosing one of several, "bukan ini" offers the rest of them. */
function othersThan(state: State, chosen: string): string[] {
  if (state.flow.kind === 'choosing') return state.flow.rules.filter((id) => id !== chosen);
  if (state.flow.kind === 'answered' && state.flow.rule === chosen) return state.flow.others;
  return [];
}

/** An old button whose rule is no more. */
function gone(state: State, services: Services): Turn {
  return {
    state,
    replies: [reply(say(services, 'gone'), [{ label: say(services, 'button.topics'), send: '/topik' }])],
  };
}
