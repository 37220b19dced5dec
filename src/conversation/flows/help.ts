/** Greeting, help, and the calendar. */
import { spellDay } from '../day.ts';
import { reply } from '../message.ts';
import { type Services, say } from '../services.ts';
import type { State } from '../state.ts';
import { ruleChoices, type Turn } from './show.ts';

export function start(state: State, services: Services): Turn {
  return {
    state: { ...state, flow: { kind: 'idle' } },
    replies: [reply(say(services, 'start'), mainChoices(services))],
  };
}

export function help(state: State, services: Services): Turn {
  return { state, replies: [reply(say(services, 'help'), mainChoices(services))] };
}

const mainChoices = (services: Services) => [
  { label: say(services, 'button.topics'), send: '/topik' },
  { label: say(services, 'button.settings'), send: '/saya' },
  { label: say(services, 'button.calendar'), send: '/kalender' },
];

/** What stage it is today, and what is known of the coming elections. */
export function calendar(state: State, services: Services): Turn {
  const today = new Date(services.now()).toISOString().slice(0, 10);
  const { elections } = services.knowledge.stages;
  const running = elections.flatMap((election) =>
    election.dates
      .filter(({ from, until }) => from <= today && today <= until)
      .map((entry) => `• ${election.title}: ${entry.title} (sampai ${spellDay(entry.until)})`),
  );
  const coming = elections
    .filter(({ dates }) => dates.length === 0 || dates.some(({ until }) => until >= today))
    .map(({ title, note, dates }) => {
      const next = dates.find(({ from }) => from > today);
      return `• ${title}: ${next ? `${next.title} mulai ${spellDay(next.from)}` : (note ?? '')}`;
    });
  const lines = [
    say(services, 'calendar.today', { today: spellDay(today) }),
    ...(running.length > 0 ? running : [say(services, 'calendar.none')]),
    '',
    say(services, 'calendar.coming'),
    ...coming,
    '',
    say(services, 'calendar.always'),
  ];
  return { state, replies: [reply(lines.join('\n'), ruleChoices(['kapan-berlaku', 'jadwal-pemilu'], services))] };
}
