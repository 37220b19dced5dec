/** Messages that only make sense after an answer: "sanksinya apa?", "kalau PPPK?", "kalau komen?", "bukan ini". */
import type { Match } from '../../matching/matcher.ts';
import { reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import type { State } from '../state.ts';
import { ruleChoices, showForActor, showForStage, showPart, showRule, type Turn } from './show.ts';

/** The turn for a follow-up, or undefined where the message stands by itself. */
export function followUp(state: State, text: string, match: Match, services: Services): Turn | undefined {
  if (state.flow.kind !== 'answered') return undefined;
  const rule = services.knowledge.rules.get(state.flow.rule);
  if (!rule) return undefined;
  const meaning = services.matcher.followUp(text);
  switch (meaning?.kind) {
    case 'sanctions':
    case 'citations':
      return showPart(state, rule, meaning.kind, services);
    case 'actor':
      return showForActor(state, rule, meaning.actor, services);
    case 'stage':
      return showForStage(state, rule, meaning.stage, services);
    case 'not-this':
      return notThis(state, services);
    case 'other-act': {
      const found = services.matcher.otherAct(text, rule.id);
      const other = found === undefined ? undefined : services.knowledge.rules.get(found);
      return other ? showRule(state, other, services, { others: [rule.id] }) : undefined;
    }
    case undefined:
      break;
    default:
      return meaning satisfies never;
  }
  // "jawabannya salah" and "sumbernya?" are about the last answer where there is one
  if (match.outcome === 'out' && match.outClass === 'source-question')
    return showPart(state, rule, 'citations', services);
  if (match.outcome === 'out' && match.outClass === 'complaint-answer') return notThis(state, services);
  return undefined;
}

/** "Bukan ini maksud saya": the next best rules, then the menu. */
export function notThis(state: State, services: Services, pressed?: string): Turn {
  const shown = pressed ?? (state.flow.kind === 'answered' ? state.flow.rule : undefined);
  const others =
    state.flow.kind === 'answered' && state.flow.others.length > 0
      ? state.flow.others
      : shown === undefined
        ? []
        : (services.knowledge.rules.get(shown)?.related ?? []);
  const choices = [
    ...ruleChoices(others.filter((id) => id !== shown).slice(0, 3), services),
    { label: say(services, 'button.topics'), send: '/topik' },
    { label: say(services, 'button.human'), send: '/petugas' },
  ];
  return {
    state: { ...state, flow: { kind: 'idle' } },
    replies: [reply(say(services, choices.length > 2 ? 'not-this.others' : 'not-this.none'), choices)],
  };
}
