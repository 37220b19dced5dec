/** A question in the person's own words. */
import type { Match } from '../../matching/matcher.ts';
import type { Heard } from '../heard.ts';
import { type Reply, reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import type { State } from '../state.ts';
import { beginsAsReport } from '../words.ts';
import type { Context } from './context.ts';
import { followUp } from './follow-up.ts';
import { openQuestion } from './question.ts';
import { ruleChoices, showRule, type Turn } from './show.ts';

/** The class of messages that ask for a person. */
const HUMAN = 'human';

/** Answers a question, or a follow-up to the last answer. */
export async function ask(context: Context, text: string): Promise<Turn> {
  const { state, services } = context;
  const { matcher } = services;
  const match = matcher.match(text);
  // somebody in danger comes before everything else
  if (match.outcome === 'out' && services.knowledge.outOfScope.get(match.outClass)?.kind === 'danger')
    return outOfScope(state, match.outClass, services);
  // "bisa bicara dengan orang?"
  if (match.outcome === 'out' && match.outClass === HUMAN) return openQuestion(context);
  const follow = followUp(state, text, match, services);
  if (follow) return follow;
  const parts = matcher.split(text);
  if (parts.length > 1)
    return { ...several(state, parts, services), heard: parts.flatMap((part) => heardOf(part, services, text)) };
  const turn = present(state, match, services);
  const offered = context.origin.private && wantsToReport(match, text) ? withReport(turn, services) : turn;
  return { ...offered, heard: heardOf(match, services, text) };
}

/** The class of messages that accuse somebody by name. */
const ACCUSATION = 'accusation';

const wantsToReport = (match: Match, text: string): boolean =>
  match.outcome === 'out' ? match.outClass === ACCUSATION : beginsAsReport(text);

/** The same answer, and first among its choices the way to tell it without a name. */
function withReport(turn: Turn, services: Services): Turn {
  const report = { label: say(services, 'button.report'), send: '/lapor' };
  return {
    ...turn,
    replies: turn.replies.map((one, i) =>
      i === turn.replies.length - 1 ? { ...one, choices: [report, ...one.choices] } : one,
    ),
  };
}

function heardOf(match: Match, { knowledge }: Services, text: string): Heard[] {
  switch (match.outcome) {
    case 'answer': {
      const rule = knowledge.rules.get(match.rule);
      return rule ? [{ kind: 'answered', rule: rule.id, topic: rule.topic, verdict: rule.verdict }] : [];
    }
    case 'choose':
      return [{ kind: 'offered' }];
    case 'out': {
      const kind = knowledge.outOfScope.get(match.outClass)?.kind;
      return kind === 'pointer' || kind === 'refusal' ? [{ kind: 'out-of-scope', outClass: match.outClass }] : [];
    }
    case 'unknown':
      // the number of a choice that is long gone
      return /\p{L}/u.test(text) ? [{ kind: 'unknown', text }] : [];
    default:
      return match satisfies never;
  }
}

/** Turns what the matcher found into words. */
function present(state: State, match: Match, services: Services): Turn {
  switch (match.outcome) {
    case 'answer': {
      const rule = services.knowledge.rules.get(match.rule);
      if (!rule) return unknown(state, services);
      const others = match.candidates.map(({ rule: id }) => id).filter((id) => id !== rule.id);
      return showRule(state, rule, services, { ...match.facets, others });
    }
    case 'choose': {
      const rules = match.candidates.map(({ rule }) => rule);
      return {
        state: { ...state, flow: { kind: 'choosing', rules } },
        replies: [
          reply(say(services, 'choose'), [
            ...ruleChoices(rules, services),
            { label: say(services, 'button.none'), send: '/bukan' },
          ]),
        ],
      };
    }
    case 'out':
      return outOfScope(state, match.outClass, services);
    case 'unknown':
      return unknown(
        state,
        services,
        match.candidates.map(({ rule }) => rule),
      );
    default:
      return match satisfies never;
  }
}

function unknown(state: State, services: Services, near: readonly string[] = []): Turn {
  const choices = [
    ...ruleChoices(near.slice(0, 2), services),
    { label: say(services, 'button.topics'), send: '/topik' },
    { label: say(services, 'button.human'), send: '/petugas' },
  ];
  return { state: { ...state, flow: { kind: 'idle' } }, replies: [reply(say(services, 'unknown'), choices)] };
}

function outOfScope(state: State, outClass: string, services: Services): Turn {
  const entry = services.knowledge.outOfScope.get(outClass);
  if (!entry) return unknown(state, services);
  const choices = ruleChoices(entry.suggest, services);
  const menu = entry.kind === 'danger' ? [] : [{ label: say(services, 'button.topics'), send: '/topik' }];
  // smalltalk ("makasih") keeps the answer that follow-ups are about
  const flow = entry.kind === 'smalltalk' || entry.kind === 'follow-up' ? state.flow : ({ kind: 'idle' } as const);
  return { state: { ...state, flow }, replies: [reply(entry.reply, [...choices, ...menu])] };
}

/** Two acts in one message ("like sama share"): a card for each, the last one open to follow-ups. */
function several(state: State, parts: readonly Match[], services: Services): Turn {
  let current = state;
  const replies: Reply[] = [];
  for (const part of parts) {
    const turn = present(current, part, services);
    current = turn.state;
    replies.push(...turn.replies);
  }
  return { state: current, replies };
}
