/** Greeting, help, the calendar, and where to turn with a report or to a human. */
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

const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];
const spell = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

/** What stage it is today, and what is known of the coming elections. */
export function calendar(state: State, services: Services): Turn {
  const today = new Date(services.now()).toISOString().slice(0, 10);
  const { elections } = services.knowledge.stages;
  const running = elections.flatMap((election) =>
    election.dates
      .filter(({ from, until }) => from <= today && today <= until)
      .map((entry) => `• ${election.title}: ${entry.title} (sampai ${spell(entry.until)})`),
  );
  const coming = elections
    .filter(({ dates }) => dates.length === 0 || dates.some(({ until }) => until >= today))
    .map(({ title, note, dates }) => {
      const next = dates.find(({ from }) => from > today);
      return `• ${title}: ${next ? `${next.title} mulai ${spell(next.from)}` : (note ?? '')}`;
    });
  const lines = [
    say(services, 'calendar.today', { today: spell(today) }),
    ...(running.length > 0 ? running : [say(services, 'calendar.none')]),
    '',
    say(services, 'calendar.coming'),
    ...coming,
    '',
    say(services, 'calendar.always'),
  ];
  return { state, replies: [reply(lines.join('\n'), ruleChoices(['kapan-berlaku', 'jadwal-pemilu'], services))] };
}

/** `/lapor`: the formal channels, from authorities.yaml. */
export function report(state: State, services: Services): Turn {
  const { channels, deadlines } = services.knowledge.authorities;
  const lines = [say(services, 'report.intro'), ''];
  for (const { name, address, use_for, seen_on } of channels.filter(({ kind }) => kind !== 'sms'))
    lines.push(`• **${name}** (${address}): ${use_for} [${seen_on}]`);
  lines.push('', ...deadlines.map(({ title, text }) => `⏳ ${title}: ${text}`), '', say(services, 'report.outro'));
  return {
    state,
    replies: [reply(lines.join('\n'), ruleChoices(['cara-lapor', 'rahasia-pelapor', 'batas-7-hari'], services))],
  };
}

/** `/petugas`: nobody sits behind this bot yet; say so and say who does answer. */
export function human(state: State, services: Services): Turn {
  return { state, replies: [reply(say(services, 'human'), ruleChoices(['cara-lapor'], services))] };
}
