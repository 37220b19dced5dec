/** A tip, from `/lapor` to the receipt. */
import { reply } from '../../message.ts';
import { say } from '../../services.ts';
import { means } from '../../words.ts';
import { ask } from '../ask.ts';
import { type Context, closed, sealedTurn } from '../context.ts';
import type { Sent } from '../files.ts';
import type { Turn } from '../show.ts';
import {
  beginReport,
  discard,
  formalWay,
  introChoices,
  offerResume,
  openReport,
  resumeChoices,
  webDoor,
} from './begin.ts';
import { cancelReport, obeyReport } from './obey.ts';
import { askBack, submit, tooLate, typedBack } from './receipt-words.ts';
import { back, chooseParts, clearPart, isPlace, next, type Place, type ReportFlow, show } from './steps.ts';
import { answerFile, takeFile, tell } from './tell.ts';
import { chooseProvince } from './where.ts';

/** A text that is no command and no button. */
export async function hearReport(context: Context, flow: ReportFlow, text: string): Promise<Turn> {
  if (flow.asking === 'cancel') return cancelAnswer(context, flow, text);
  if (flow.step === 'receipt') return typedBack(context, flow, text);
  if (flow.step === 'intro' || flow.step === 'resume') return beforeTelling(context, flow.step, text);
  return atPlace(context, flow, flow.step, text);
}

async function atPlace(context: Context, flow: ReportFlow, place: Place, text: string): Promise<Turn> {
  if (flow.asking === 'file') {
    if (means(text, 'asIs', 'yes')) return answerFile(context, flow, place, true);
    if (means(text, 'none', 'drop')) return answerFile(context, flow, place, false);
  }
  if (means(text, 'cancel')) return cancelReport(context, flow);
  if (means(text, 'back')) return back(context, flow);
  if (place === 'summary') {
    if (means(text, 'send', 'yes', 'next')) return submit(context);
    if (means(text, 'edit', 'none', 'clear')) return chooseParts(context);
    if (means(text, 'discard')) return cancelReport(context, flow);
    if (means(text, 'skip', 'resume', 'start')) return show(context, place);
    return tell(context, flow, place, text);
  }
  // a file that waits for "as it is" does not go along by itself
  const lead = flow.asking === 'file' ? say(context.services, 'file.left') : undefined;
  if (means(text, 'next', 'skip', 'none')) return next(context, flow, lead);
  if (means(text, 'send')) return show(context, 'summary');
  if (means(text, 'clear')) return clearPart(context, flow, place);
  if (means(text, 'discard')) return cancelReport(context, flow);
  if (place === 'where' && means(text, 'provinces')) return chooseProvince(context, flow, 1);
  // "ya" after "is there more?"
  if (means(text, 'yes', 'edit', 'resume', 'start')) return show(context, place, { editing: flow.editing });
  return tell(context, flow, place, text);
}

async function cancelAnswer(context: Context, flow: ReportFlow, text: string): Promise<Turn> {
  if (means(text, 'yes', 'cancel', 'discard')) return discard(context);
  const { asking: _, ...here } = flow;
  if (!isPlace(here.step)) return offerResume(context);
  const answered = means(text, 'none', 'next', 'back', 'resume', 'skip');
  const lead = say(context.services, answered ? 'tip.goes-on' : 'tip.goes-on-unkept');
  return show(context, here.step, { editing: here.editing, lead });
}

/** Nothing is begun: a question is answered as always, and a tip told too early is not taken. */
async function beforeTelling(context: Context, step: 'intro' | 'resume', text: string): Promise<Turn> {
  const { services } = context;
  if (means(text, 'door')) return webDoor(context);
  if (means(text, 'formal')) return formalWay(context);
  if (step === 'intro') {
    if (means(text, 'start', 'yes', 'next', 'resume', 'send')) return beginReport(context);
    if (means(text, 'cancel', 'none', 'back', 'skip')) return closed(context, say(services, 'tip.not-begun'));
  } else {
    if (means(text, 'start', 'yes', 'next', 'resume', 'send')) return obeyReport(context, { to: 'resume' });
    if (means(text, 'cancel', 'none', 'clear', 'discard')) return discard(context);
  }
  const turn = await ask(context, text);
  const note =
    step === 'intro'
      ? reply(say(services, 'tip.not-sent'), introChoices(services).slice(0, 1))
      : reply(say(services, 'tip.waiting'), resumeChoices(services).slice(0, 1));
  return { ...turn, replies: [...turn.replies, note], erase: true };
}

/** A message that the person changed after it was sealed. */
export function editedReport(context: Context, flow: ReportFlow, text: string): Promise<Turn> {
  if (!isPlace(flow.step) || flow.asking === 'cancel') return hearReport(context, flow, text);
  return show(context, flow.step, { editing: flow.editing, lead: say(context.services, 'tip.edited') });
}

/** A file, a sticker, a place on the map. */
export async function sentInReport(context: Context, flow: ReportFlow, sent: Sent): Promise<Turn> {
  // what is said of the first picture of an album holds for the rest
  if (!isPlace(flow.step) && sent.followsInAlbum) return sealedTurn(context, flow, []);
  if (flow.step === 'receipt') return tooLate(context, flow);
  if (flow.step === 'intro') {
    const note = reply(say(context.services, 'tip.file-early'), introChoices(context.services).slice(0, 1));
    return sealedTurn(context, flow, [note]);
  }
  if (flow.step === 'resume') return offerResume(context, say(context.services, 'tip.file-early'));
  return takeFile(context, flow, flow.step, sent);
}

/** The step again, where what was typed cannot be understood any more (a number, after a restart). */
export async function repeatReport(context: Context, flow: ReportFlow, lead: string): Promise<Turn> {
  if (flow.step === 'receipt') return askBack(context, flow);
  if (flow.step === 'intro' || flow.step === 'resume') return openReport(context, lead);
  return show(context, flow.step, { editing: flow.editing, lead });
}
