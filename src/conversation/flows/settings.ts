/** "Saya PPPK": remembered, so that every card says what holds for this person. */
import { ACTORS, type Actor } from '../../knowledge/schema.ts';
import { reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import { newState, type State } from '../state.ts';
import type { Context } from './context.ts';
import type { Turn } from './show.ts';

export function settings(state: State, actor: Actor | 'none' | undefined, services: Services): Turn {
  if (actor === undefined) {
    const choices = ACTORS.map((id) => ({
      label: services.knowledge.actors.get(id)?.title ?? id,
      send: `/saya ${id}`,
    }));
    choices.push({ label: say(services, 'button.no-actor'), send: '/saya hapus' });
    const current = state.settings.actor
      ? (services.knowledge.actors.get(state.settings.actor)?.title ?? '')
      : say(services, 'settings.unset');
    return {
      state: { ...state, flow: { kind: 'settings' } },
      replies: [reply(say(services, 'settings.ask', { current }), choices)],
    };
  }
  if (actor === 'none') {
    return {
      state: { ...state, settings: {}, flow: { kind: 'idle' } },
      replies: [reply(say(services, 'settings.removed'))],
    };
  }
  const title = services.knowledge.actors.get(actor)?.title ?? actor;
  return {
    state: { ...state, settings: { actor }, flow: { kind: 'idle' } },
    replies: [reply(say(services, 'settings.saved', { title }))],
  };
}

/** Everything remembered of this chat is dropped: also a tip that was not sent, and a question that an officer has. */
export async function forget({ services, origin }: Context): Promise<Turn> {
  await services.reports.cancel(origin);
  await services.reports.forget(origin);
  await services.reports.withdraw(origin);
  return { state: newState(), replies: [reply(say(services, 'forgotten'))], erase: true };
}
