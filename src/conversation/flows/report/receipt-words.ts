/** The tip is stored: its receipt, two words typed back, and what happens next. */

import { normalise } from '../../../matching/normalise.ts';
import type { Receipt } from '../../../sealing/receipt.ts';
import { type Choice, type Reply, reply } from '../../message.ts';
import { type Services, say, sayOne } from '../../services.ts';
import { means } from '../../words.ts';
import { type Context, closed, sealedTurn } from '../context.ts';
import type { Turn } from '../show.ts';
import { gone, type ReportFlow, reportFlow, show } from './steps.ts';

/** Wrong tries after which a new receipt is offered. */
const TRIES = 3;
/** Where the two places that were asked for are remembered. */
const PLACES = 'places';

/** Makes a case of the draft, or a further receipt for the case just made. */
export async function submit(context: Context): Promise<Turn> {
  const { services, origin } = context;
  const submitted = await services.reports.submit(origin);
  if (submitted.kind === 'gone') return gone(context);
  if (submitted.kind === 'empty') return show(context, 'what', { lead: say(services, 'tip.empty') });
  const [first, second] = submitted.ask;
  services.reports.remember(origin, PLACES, `${first} ${second}`);
  const words = numberedWords(submitted.receipt);
  const text = say(services, 'tip.receipt', { words, first, second });
  return sealedTurn(context, reportFlow('receipt'), [{ ...reply(text), secret: true }]);
}

/** Two words a line: short enough for a phone, and easy to copy by hand. */
export function numberedWords(receipt: Receipt): string {
  const words = receipt.split(' ').map((word, i) => `${i + 1}. ${word}`);
  const lines: string[] = [];
  for (let i = 0; i < words.length; i += 2) lines.push(words.slice(i, i + 2).join('   '));
  return lines.join('\n');
}

/** What was typed back. */
export async function typedBack(context: Context, flow: ReportFlow, text: string): Promise<Turn> {
  const { services, origin } = context;
  // "3. bambu 8. kopi": the numbers are ours
  const words = normalise(text).match(/[a-z]+/g) ?? [];
  // whoever types all ten has them
  const [one, two] = words.length === 10 ? (places(context)?.map((place) => words[place - 1]) ?? []) : words;
  // looked at first: two words of a receipt may mean something else as well
  const enough = words.length === 2 || words.length === 10;
  const pair = enough && one !== undefined && two !== undefined ? ([one, two] as const) : undefined;
  const result = pair && (await services.reports.confirm(origin, pair));
  if (result === 'right') return finished(context, say(services, 'tip.right'));
  if (flow.asking === 'skip' && means(text, 'none', 'back', 'cancel')) return askBack(context, flow);
  if (flow.asking === 'skip' && means(text, 'yes', 'skip', 'next')) return withoutWords(context);
  if (means(text, 'skip', 'next', 'cancel', 'none', 'end')) return askSkip(context, flow);
  if (result === 'forgotten') return finished(context, say(services, 'tip.forgotten'));
  return result === 'wrong' ? wrong(context, { ...flow, wrong: flow.wrong + 1 }) : askBack(context, flow);
}

/** Whether they really want to go without the words. */
export const askSkip = (context: Context, flow: ReportFlow): Turn => {
  const { services } = context;
  return sealedTurn(context, { ...flow, asking: 'skip' }, [reply(say(services, 'tip.skip'), skipChoices(services))]);
};

function wrong(context: Context, flow: ReportFlow): Turn {
  const { services } = context;
  const { asking: _, ...after } = flow;
  const text = withPlaces(context, (places) =>
    flow.wrong < TRIES ? say(services, 'tip.wrong', places) : say(services, 'tip.wrong-again', places),
  );
  if (text === undefined) return finished(context, say(services, 'tip.forgotten'));
  const choices = [{ label: say(services, 'button.new-words'), send: '/lapor kata-baru' }, ...skipChoice(services)];
  return sealedTurn(context, after, [reply(text, flow.wrong < TRIES ? [] : choices)]);
}

/** Asks for the two words again. */
export function askBack(context: Context, flow: ReportFlow): Turn {
  const { services } = context;
  const text = withPlaces(context, (places) => say(services, 'tip.type-back', places));
  if (text === undefined) return finished(context, say(services, 'tip.forgotten'));
  const { asking: _, ...after } = flow;
  return sealedTurn(context, after, [reply(text)]);
}

/** The two places that were asked for; undefined where a restart has forgotten them. */
const places = ({ services, origin }: Context): readonly number[] | undefined =>
  services.reports.recall(origin, PLACES)?.split(' ').map(Number);

function withPlaces(context: Context, text: (places: { first: number; second: number }) => string): string | undefined {
  const [first, second] = places(context) ?? [];
  return first === undefined || second === undefined ? undefined : text({ first, second });
}

const skipChoice = (services: Services): Choice[] => [
  { label: say(services, 'button.without-words'), send: '/lapor tanpa-kata' },
];
const skipChoices = (services: Services): Choice[] => [
  { label: say(services, 'button.keep-words'), send: '/lapor catat-dulu' },
  ...skipChoice(services),
];

/** The person does not want to type anything back. */
export async function withoutWords(context: Context): Promise<Turn> {
  await context.services.reports.forget(context.origin);
  return finished(context, say(context.services, 'tip.without'));
}

/** A file that comes when the tip is away already. */
export function tooLate(context: Context, flow: ReportFlow): Turn {
  const again = askBack(context, flow);
  const late: Reply = reply(say(context.services, 'tip.file-late'));
  return { ...again, replies: [late, ...again.replies] };
}

/** What happens next, and how to take the chat off the phone. */
export function finished(context: Context, lead: string): Turn {
  const { services, origin } = context;
  services.reports.remember(origin, PLACES, undefined);
  const tidy = sayOne(services, TIDY[origin.channel] ?? 'other', {
    telegram: 'tip.tidy.telegram',
    whatsapp: 'tip.tidy.whatsapp',
    web: 'tip.tidy.web',
    other: 'tip.tidy.other',
  });
  return closed(context, `${lead}\n\n${say(services, 'tip.finished')}\n\n${tidy}`);
}

type Tidy = 'telegram' | 'whatsapp' | 'web' | 'other';
const TIDY: Readonly<Record<string, Tidy>> = {
  telegram: 'telegram',
  whatsapp: 'whatsapp',
  'whatsapp-cloud': 'whatsapp',
  web: 'web',
};
