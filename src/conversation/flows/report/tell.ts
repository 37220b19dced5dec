/** What a person tells at a question: sealed at once, with a word about what comes next. */
import { type Choice, type Reply, reply } from '../../message.ts';
import type { Kept, Slot } from '../../report-desk.ts';
import { say, sayOne } from '../../services.ts';
import { type Context, helpInDanger, looksAsked, readTold, sealedTurn } from '../context.ts';
import { fileChoices, fileNews, handOver, type Sent } from '../files.ts';
import type { Turn } from '../show.ts';
import { choicesAt, gone, isSlot, type Place, type ReportFlow, show } from './steps.ts';
import { regionsMeant } from './where.ts';

/** Where a text goes that is told at the files or at the summary. */
const ELSEWHERE: Slot = 'what';

/** Seals a text into the question at which it was told. */
export async function tell(context: Context, flow: ReportFlow, place: Place, written: string): Promise<Turn> {
  const { services, origin } = context;
  const told = readTold(written, services);
  if ('refused' in told) return show(context, place, { editing: flow.editing, lead: told.refused });
  const slot = isSlot(place) ? place : ELSEWHERE;
  const kept = await services.reports.write(origin, slot, told.text);
  if (kept !== 'kept') return notKept(context, flow, place, kept);
  const before = helpInDanger(context, told.text);
  const after = (text: string, choices: readonly Choice[]): Turn =>
    sealedTurn(context, { ...flow, step: place }, [...before, reply(text, choices)]);

  if (flow.asking === 'file') return after(say(services, 'file.still'), fileChoices(services));
  if (place === 'summary') {
    const turn = await show(context, 'summary', { lead: say(services, 'tip.kept-elsewhere') });
    return { ...turn, replies: [...before, ...turn.replies] };
  }
  const choices = choicesAt(place, 1, flow.editing, services);
  const regions = place === 'where' ? regionsMeant(told.text, services) : [];
  if (regions.length > 0) {
    const goOn = choices.slice(0, 1);
    return after(say(services, 'tip.kept-where'), [...regions, ...goOn]);
  }
  const thanks = say(services, place === 'files' ? 'tip.kept-elsewhere' : 'tip.kept');
  return after(looksAsked(told.text) ? `${thanks}\n\n${say(services, 'tip.asked')}` : thanks, choices);
}

function notKept(context: Context, flow: ReportFlow, place: Place, kept: Exclude<Kept, 'kept'>): Turn | Promise<Turn> {
  if (kept === 'gone') return gone(context);
  const lead = sayOne(context.services, kept, { full: 'told.full', receipt: 'told.receipt' });
  return show(context, place, { editing: flow.editing, lead });
}

/** Takes a file as evidence, wherever in the report it is sent. What is written under it is told at the question itself. */
export async function takeFile(context: Context, flow: ReportFlow, place: Place, sent: Sent): Promise<Turn> {
  const { services, origin } = context;
  const news = await handOver(sent, services, (file) => services.reports.attach(origin, file));
  if (news.became === 'gone') return gone(context);
  const replies = await keepCaption(context, place, sent.caption ?? '');
  const { asking, ...rest } = flow;
  // of an album that was taken as a whole, one word is enough
  if (news.became === 'kept' && sent.followsInAlbum && replies.length === 0)
    return sealedTurn(context, { ...flow, step: place }, []);
  if (news.became !== 'asks' && asking !== 'file') return goOn(context, rest, place, news.text, replies);
  const text = news.became === 'asks' ? news.text : `${news.text}\n\n${say(services, 'file.still')}`;
  const after = { ...rest, step: place, asking: 'file' } as const;
  return sealedTurn(context, after, [...replies, reply(text, fileChoices(services))]);
}

/** What stands under a picture belongs to the question at which it is sent. Says only what went wrong, or where help is. */
async function keepCaption(context: Context, place: Place, caption: string): Promise<Reply[]> {
  const { services, origin } = context;
  if (!/[\p{L}\p{N}]/u.test(caption)) return [];
  const told = readTold(caption, services);
  if ('refused' in told) return [reply(told.refused)];
  // one message, two things to keep: a second delivery must know each of them again
  const second = { ...origin, update: origin.update && `${origin.update}/caption` };
  const kept = await services.reports.write(second, isSlot(place) ? place : ELSEWHERE, told.text);
  const help = helpInDanger(context, told.text);
  return kept === 'full' ? [...help, reply(say(services, 'told.full'))] : help;
}

/** The answer to "as it is?". */
export async function answerFile(context: Context, flow: ReportFlow, place: Place, take: boolean): Promise<Turn> {
  const { services, origin } = context;
  const { asking: _, ...after } = flow;
  if (!take) return goOn(context, after, place, say(services, 'file.left'), []);
  const news = fileNews(await services.reports.attachAnyway(origin), services);
  return goOn(context, after, place, news.text, []);
}

/** After a file: on with the question at which it came. */
async function goOn(
  context: Context,
  flow: ReportFlow,
  place: Place,
  text: string,
  before: readonly Reply[],
): Promise<Turn> {
  const { services } = context;
  if (place === 'summary') {
    const turn = await show(context, place, { lead: text });
    return { ...turn, replies: [...before, ...turn.replies] };
  }
  const more = place === 'files' ? say(services, 'file.more') : say(services, 'file.go-on');
  const choices = choicesAt(place, 1, flow.editing, services);
  return sealedTurn(context, { ...flow, step: place }, [...before, reply(`${text}\n\n${more}`, choices)]);
}
