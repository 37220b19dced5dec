/** Before the first question: what the platform knows, what is kept, the safer way, and what a tip is and is not. */
import { type Choice, reply } from '../../message.ts';
import type { Admission } from '../../report-desk.ts';
import { type Services, say, sayOne } from '../../services.ts';
import { type Context, closed, sealedTurn } from '../context.ts';
import { formalChannels } from '../formal.ts';
import type { Turn } from '../show.ts';
import { reportFlow, resumeAt, show } from './steps.ts';

/** `/lapor`: the introduction, or the choice to go on with a draft. Nothing is begun yet. */
export async function openReport(context: Context, lead?: string): Promise<Turn> {
  const { services, origin } = context;
  const { reports } = services;
  if (!origin.private) return { state: context.state, replies: [reply(say(services, 'tip.group'))] };
  if ((await reports.draft(origin)) !== undefined) return offerResume(context, lead);
  const admission = await reports.admission(origin);
  if (admission !== 'open') return refused(context, admission);
  const first = [say(services, 'tip.intro', { platform: platform(origin.channel, services) })];
  if (services.webDoor !== undefined) first.push(say(services, 'tip.door', { door: services.webDoor }));
  if (lead !== undefined) first.unshift(lead);
  return sealedTurn(context, reportFlow('intro'), [
    reply(first.join('\n\n')),
    reply(say(services, 'tip.rules'), introChoices(services)),
  ]);
}

const begin = (services: Services): Choice => ({ label: say(services, 'button.begin'), send: '/lapor mulai' });
const cancel = (services: Services): Choice => ({ label: say(services, 'button.cancel'), send: '/batal' });

export const introChoices = (services: Services): Choice[] => [
  begin(services),
  ...(services.webDoor === undefined ? [] : [{ label: say(services, 'button.door'), send: '/lapor web' }]),
  { label: say(services, 'button.formal'), send: '/lapor resmi' },
  cancel(services),
];

/** What this platform knows of somebody who tips here. */
const platform = (channel: string, services: Services): string =>
  sayOne(services, KNOWN[channel] ?? 'other', {
    telegram: 'tip.platform.telegram',
    whatsapp: 'tip.platform.whatsapp',
    cloud: 'tip.platform.whatsapp-cloud',
    web: 'tip.platform.web',
    other: 'tip.platform.other',
  });

type Platform = 'telegram' | 'whatsapp' | 'cloud' | 'web' | 'other';
const KNOWN: Readonly<Record<string, Platform>> = {
  telegram: 'telegram',
  whatsapp: 'whatsapp',
  'whatsapp-cloud': 'cloud',
  web: 'web',
};

/** Nobody could read it, or it is too much: the formal channels instead, and nothing is taken in. */
function refused({ state, services }: Context, why: Exclude<Admission, 'open'>): Turn {
  const intro = sayOne(services, why, { nobody: 'report.intro', limit: 'tip.limit', full: 'tip.full' });
  return { state: { ...state, flow: { kind: 'idle' } }, replies: [formalChannels(intro, services)] };
}

/** A draft is open: go on, or throw it away. */
export const offerResume = (context: Context, lead?: string): Turn => {
  const { services } = context;
  const text = say(services, 'tip.resume');
  return sealedTurn(context, reportFlow('resume'), [
    reply(lead === undefined ? text : `${lead}\n\n${text}`, resumeChoices(services)),
  ]);
};

export const resumeChoices = (services: Services): Choice[] => [
  { label: say(services, 'button.resume'), send: '/lapor lanjutkan' },
  { label: say(services, 'button.discard'), send: '/lapor buang' },
];

/** The person has read the introduction: the first question. */
export async function beginReport(context: Context): Promise<Turn> {
  const { services, origin } = context;
  const draft = await services.reports.draft(origin);
  if (draft !== undefined) return show(context, resumeAt(draft));
  const admission = await services.reports.begin(origin);
  return admission === 'open' ? show(context, 'what') : refused(context, admission);
}

/** The way that leaves no trace with the platform. */
export function webDoor(context: Context): Turn {
  const { services } = context;
  const choices = [begin(services), cancel(services)];
  const text =
    services.webDoor === undefined
      ? say(services, 'tip.no-door')
      : say(services, 'tip.web', { door: services.webDoor });
  return sealedTurn(context, reportFlow('intro'), [reply(text, choices)]);
}

/** The formal channels, with the way on still open. */
export function formalWay(context: Context): Turn {
  const { services } = context;
  const channels = formalChannels(say(services, 'tip.formal'), services);
  return sealedTurn(context, reportFlow('intro'), [
    reply(channels.text),
    reply(say(services, 'tip.or-begin'), [begin(services), cancel(services)]),
  ]);
}

/** Throws the draft away. */
export async function discard(context: Context): Promise<Turn> {
  await context.services.reports.cancel(context.origin);
  return closed(context, say(context.services, 'tip.cancelled'));
}
