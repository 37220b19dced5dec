/** Showing one rule, in each of the ways a person can ask for it. */
import type { Actor, Rule, Stage } from '../../knowledge/schema.ts';
import { ACTORS } from '../../knowledge/schema.ts';
import {
  actorNote,
  card,
  details,
  hasGeneralNote,
  sanctionsFor,
  shortCitation,
  stageNote,
  VERDICT_WORDS,
  verdictFor,
} from '../card.ts';
import type { Heard } from '../heard.ts';
import { type Choice, type Reply, reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import type { State } from '../state.ts';

/** A state and what is said; every flow returns one. */
export interface Turn {
  readonly state: State;
  readonly replies: readonly Reply[];
  /** The person's own message should be taken off the chat, where the platform lets us; and what is offered is not stored. */
  readonly erase?: true;
  /** What became of the questions in the message. */
  readonly heard?: readonly Heard[];
}

/** What else belongs to an answer: where the question named them. */
export interface Shown {
  readonly actor?: Actor | undefined;
  readonly stage?: Stage | undefined;
  /** Rules to offer where the person says "bukan ini". */
  readonly others?: readonly string[];
}

/** The card, with the buttons below it. */
export function showRule(state: State, rule: Rule, services: Services, shown: Shown = {}): Turn {
  const situation = { actor: shown.actor ?? state.settings.actor, stage: shown.stage };
  return {
    state: { ...state, flow: { kind: 'answered', rule: rule.id, others: [...(shown.others ?? [])] } },
    replies: [reply(card(rule, services.knowledge, situation), cardChoices(rule, services))],
  };
}

export const cardChoices = (rule: Rule, services: Services): Choice[] => [
  { label: say(services, 'button.details'), send: `/rinci ${rule.id}` },
  { label: say(services, 'button.actors'), send: `/kalau ${rule.id}` },
  { label: say(services, 'button.not-this'), send: `/bukan ${rule.id}` },
];

/** A choice for each rule; the label is its title. */
export const ruleChoices = (ids: readonly string[], services: Services): Choice[] =>
  ids.flatMap((id) => {
    const rule = services.knowledge.rules.get(id);
    return rule ? [{ label: rule.title, send: `/aturan ${id}` }] : [];
  });

export function showDetails(state: State, rule: Rule, services: Services): Turn {
  return {
    state: answered(state, rule),
    replies: [reply(details(rule, services.knowledge), ruleChoices(rule.related, services))],
  };
}

/** "Kalau saya PPPK?": the list of statuses to choose from. */
export function showActors(state: State, rule: Rule, services: Services): Turn {
  const choices = ACTORS.map((actor) => ({
    label: services.knowledge.actors.get(actor)?.title ?? actor,
    send: `/kalau ${rule.id} ${actor}`,
  }));
  return {
    state: answered(state, rule),
    replies: [reply(say(services, 'actors.ask', { title: rule.title }), choices)],
  };
}

export function showForActor(state: State, rule: Rule, actor: Actor, services: Services): Turn {
  const own = rule.by_actor[actor];
  const general = services.knowledge.actors.get(actor);
  const lines = [`**${rule.title}**`, '', `👤 ${actorNote(rule, services.knowledge, actor)}`];
  const verdict = own?.verdict ?? rule.verdict;
  lines.push('', say(services, 'actors.verdict', { verdict: VERDICT_WORDS[verdict] }));
  const sanctions = rule.sanctions.filter((entry) => entry.actor === actor);
  for (const { text } of sanctions) lines.push(`⚠️ ${text}`);
  if (!own && general && hasGeneralNote(rule))
    lines.push(`📖 ${general.citations.map((entry) => shortCitation(entry, services.knowledge)).join('; ')}`);
  return { state: answered(state, rule), replies: [reply(lines.join('\n'), cardChoices(rule, services).slice(0, 2))] };
}

/** "Kalau masa tenang?" */
export function showForStage(state: State, rule: Rule, stage: Stage, services: Services): Turn {
  const entry = services.knowledge.stages.stages.find(({ id }) => id === stage);
  const own = rule.by_stage[stage];
  const { actor } = state.settings;
  const lines = [`**${rule.title}**`, '', stageNote(entry?.title ?? stage, own?.text ?? entry?.says ?? '', actor)];
  lines.push(
    '',
    say(services, 'actors.verdict', { verdict: VERDICT_WORDS[own?.verdict ?? verdictFor(rule, { actor })] }),
  );
  for (const one of sanctionsFor(rule, actor)) if (one.stage === stage) lines.push(`⚠️ ${one.text}`);
  return { state: answered(state, rule), replies: [reply(lines.join('\n'), cardChoices(rule, services).slice(0, 2))] };
}

/** Only the sanctions, or only the citations: what "sanksinya apa?" and "dasarnya?" ask. */
export function showPart(state: State, rule: Rule, part: 'sanctions' | 'citations', services: Services): Turn {
  if (part === 'sanctions' && rule.sanctions.length === 0) {
    const choices = ruleChoices(['jenis-sanksi', 'dampak-karier'], services);
    return {
      state: answered(state, rule),
      replies: [reply(say(services, 'sanctions.none', { title: rule.title }), choices)],
    };
  }
  return showDetails(state, rule, services);
}

const answered = (state: State, rule: Rule): State => ({
  ...state,
  flow: {
    kind: 'answered',
    rule: rule.id,
    others: state.flow.kind === 'answered' && state.flow.rule === rule.id ? state.flow.others : [],
  },
});
