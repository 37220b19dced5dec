/**
 * The conversation: `respond(state, message, services, origin)` is the whole of it. No network, no database, no platform.
 *
 * Reading order: {@link respond} decides which flow a message belongs to; each file under flows/ is one flow. Most flows are about a
 * question that is answered at once. Four are guarded: a report, a receipt that is opened, a question to the officers, and the time
 * in which an officer has the chat. What a person tells there goes to `services.reports`, which seals it; the state keeps only the
 * place in the flow, and what was offered stays in memory.
 */

import { visible } from '../matching/normalise.ts';
import { looksLikeReceipt } from '../sealing/receipt.ts';
import { type Command, parseCommand } from './command.ts';
import { ask } from './flows/ask.ts';
import { search, topic, topics } from './flows/browse.ts';
import type { Context } from './flows/context.ts';
import { notThis } from './flows/follow-up.ts';
import { isGuardedCommand, latecomer, obeyGuarded, outOfGuarded, respondGuarded } from './flows/guarded.ts';
import { calendar, help, start } from './flows/help.ts';
import { asReceipt, openReceipt } from './flows/receipt.ts';
import { forget, settings } from './flows/settings.ts';
import { showActors, showDetails, showForActor, showRule, type Turn } from './flows/show.ts';
import { type Heard, wordless } from './heard.ts';
import { type Choice, type Message, plain, type Reply, reply } from './message.ts';
import type { Origin } from './origin.ts';
import { pickChoice } from './pick.ts';
import { type Services, say } from './services.ts';
import { isGuarded, newState, SESSION_EXPIRES, type State } from './state.ts';
import { means, opener } from './words.ts';

/** Longest message, in UTF-16 units, that is answered as a question; above it the person is asked to be brief. */
export const MAX_MESSAGE = 2_000;

/** What comes of a message. */
export interface Answer {
  readonly state: State;
  /** None while an officer has the conversation. */
  readonly replies: Reply[];
  /** True where the person's own message should be taken off the chat, if the platform lets us. */
  readonly erase: boolean;
  /** What became of the questions in it. */
  readonly heard: readonly Heard[];
}

/**
 * One turn of the conversation. Never throws for anything a person can send; rejects only where storing fails, and can then be tried
 * again with the same message.
 */
export async function respond(before: State, message: Message, services: Services, origin: Origin): Promise<Answer> {
  const now = services.now();
  // an officer may take days, and has the chat until then
  const expired = before.at > 0 && now - before.at > SESSION_EXPIRES && before.flow.kind !== 'held';
  const state: State = expired ? { ...newState(), settings: before.settings } : before;
  const turn = await converse({ state, services, origin }, message, expired, before);
  const choices = turn.replies
    .flatMap((entry) => entry.choices)
    .map(({ label, send }) => ({ label: plain(label), send }));
  const erase = turn.erase === true && origin.private;
  // what was meant for a report or an officer may come too late, and is then answered as a question
  const heard = isGuarded(before.flow) || erase ? wordless(turn.heard ?? []) : (turn.heard ?? []);
  // silence changes nothing of what was offered before
  if (turn.replies.length === 0)
    return { state: { ...turn.state, at: now, choices: state.choices }, replies: [], erase, heard };
  const guarded = erase || isGuarded(turn.state.flow);
  services.reports.remember(origin, CHOICES, guarded && choices.length > 0 ? JSON.stringify(choices) : undefined);
  return {
    state: { ...turn.state, at: now, choices: guarded ? [] : choices },
    replies: [...turn.replies],
    erase,
    heard,
  };
}

/** Where the choices of guarded flows are remembered. */
const CHOICES = 'choices';

function offered({ state, services, origin }: Context): readonly Choice[] | undefined {
  if (state.choices.length > 0) return state.choices;
  const remembered = services.reports.recall(origin, CHOICES);
  return remembered === undefined ? undefined : (JSON.parse(remembered) as Choice[]);
}

async function converse(context: Context, message: Message, expired: boolean, before: State): Promise<Turn> {
  const { state, services } = context;
  if (isGuarded(state.flow)) {
    const turn = await respondGuarded(context, message, offered(context), (command) => obey(context, command));
    if (turn !== undefined) return turn;
    const free = { ...context, state: { ...state, flow: { kind: 'idle' } as const } };
    const answered = await converse(free, message, false, free.state);
    return { ...answered, replies: [reply(say(services, 'question.over')), ...answered.replies] };
  }
  if (message.kind === 'unsupported' && !message.caption?.trim()) {
    const late = expired ? await latecomer(context, before.flow) : undefined;
    if (message.followsInAlbum) return { state, replies: [] };
    return (
      late ?? {
        state,
        replies: [reply(say(services, `unsupported.${message.what === 'voice' ? 'voice' : 'other'}`))],
      }
    );
  }
  // a question often stands under a picture
  return heard(context, message.kind === 'unsupported' ? (message.caption ?? '') : message.text, expired, before);
}

async function heard(context: Context, written: string, expired: boolean, before: State): Promise<Turn> {
  const { state, services, origin } = context;
  const text = visible(written, MAX_MESSAGE + 1);
  const choices = offered(context) ?? [];
  const picked = pickChoice(choices, text);
  const command = parseCommand(picked?.send ?? opener(text) ?? text);
  // what was meant for a report that has gone to sleep is no question
  const late = expired && command === undefined ? await latecomer(context, before.flow) : undefined;
  if (late) return late;
  if (text === '' || !/[\p{L}\p{N}]/u.test(text))
    return { state, replies: [reply(say(services, text === '' ? 'empty' : 'no-words'))] };
  if (text.length > MAX_MESSAGE && (command === undefined || !isGuardedCommand(command)))
    return { state, replies: [reply(say(services, 'too-long', { max: MAX_MESSAGE }))] };
  if (expired && picked === undefined && /^\d{1,2}$/.test(text))
    return { state, replies: [reply(say(services, 'expired'))] };
  if (command) return obey(context, command);
  if (asReceipt(text) !== undefined || looksLikeReceipt(text)) return openReceipt(context, origin.private ? text : '');
  // taught as words in the other flows; there is nothing here that they could mean
  if (means(text, 'cancel', 'back', 'clear')) return { state, replies: [reply(say(services, 'nothing-to-end'))] };
  return ask(context, text);
}

async function obey(context: Context, command: Command): Promise<Turn> {
  if (isGuardedCommand(command)) return obeyGuarded(context, command);
  const turn = await obeyOpen(context, command);
  return outOfGuarded(context, turn);
}

async function obeyOpen(
  context: Context,
  command: Exclude<Command, { kind: 'report' | 'receipt' | 'human' | 'cancel' }>,
): Promise<Turn> {
  const { state, services } = context;
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
      return withRule(command.rule, (rule) => ({
        ...showRule(state, rule, services, { others: othersThan(state, rule.id) }),
        ...(state.flow.kind === 'choosing' && state.flow.rules.includes(rule.id)
          ? { heard: [{ kind: 'chosen', rule: rule.id, topic: rule.topic, verdict: rule.verdict }] }
          : {}),
      }));
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
    case 'search':
      return search(state, command.words, services);
    case 'forget':
      return forget(context);
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
