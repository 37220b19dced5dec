/** What the buttons of a report do. */
import { reply } from '../../message.ts';
import type { ReportAct } from '../../report-act.ts';
import { say } from '../../services.ts';
import { type Context, closed, sealedTurn } from '../context.ts';
import type { Turn } from '../show.ts';
import { beginReport, discard, formalWay, openReport, webDoor } from './begin.ts';
import { askBack, askSkip, submit, withoutWords } from './receipt-words.ts';
import {
  back,
  chooseParts,
  clearPart,
  gone,
  isPlace,
  next,
  type ReportFlow,
  reportFlow,
  resumeAt,
  show,
  told,
} from './steps.ts';
import { answerFile } from './tell.ts';
import { chooseProvince, chooseRegency, keepRegion } from './where.ts';

/** A button, or `/lapor` typed. Old buttons work as long as the draft does. */
export async function obeyReport(context: Context, act: ReportAct): Promise<Turn> {
  const { services, origin } = context;
  const flow = context.state.flow.kind === 'report' ? context.state.flow : undefined;
  if (!origin.private) return openReport(context);
  if (flow?.step === 'receipt') return afterSending(context, flow, act);
  const draft = await services.reports.draft(origin);
  switch (act.to) {
    case 'open':
      return flow !== undefined && isPlace(flow.step) && draft !== undefined
        ? show(context, flow.step, { editing: flow.editing })
        : openReport(context);
    case 'unknown':
      return openReport(context, say(services, 'tip.not-kept'));
    case 'begin':
      return beginReport(context);
    case 'web':
      return webDoor(context);
    case 'formal':
      return formalWay(context);
    default:
      break;
  }
  if (draft === undefined) return flow !== undefined && isPlace(flow.step) ? gone(context) : openReport(context);
  // where the place is lost (a restart, an old button), the first question without an answer is it
  const place = flow !== undefined && isPlace(flow.step) ? flow.step : resumeAt(draft);
  const here = flow !== undefined && isPlace(flow.step) ? flow : reportFlow(place);
  switch (act.to) {
    case 'resume':
      return show(context, place, { editing: here.editing });
    case 'discard':
      // an old button asks first
      return flow?.asking === 'cancel' || flow?.step === 'resume' ? discard(context) : cancelReport(context, here);
    case 'next':
      return next(context, here);
    case 'back':
      return back(context, here);
    case 'cancel':
      return cancelReport(context, here);
    case 'send':
      return place === 'summary' ? submit(context) : show(context, 'summary');
    case 'summary':
    case 'new-words':
    case 'without-words':
    case 'keep-words':
      return show(context, 'summary');
    case 'edit':
      return chooseParts(context);
    case 'part':
      return show(context, act.part, { editing: true });
    case 'clear':
      return clearPart(context, here, act.part);
    case 'provinces':
      return chooseProvince(context, here, act.page);
    case 'province':
      return act.whole ? keepRegion(context, here, act.code) : chooseRegency(context, here, act.code, act.page);
    case 'region':
      return keepRegion(context, here, act.code);
    case 'take-file':
      return answerFile(context, here, place, true);
    case 'leave-file':
      return answerFile(context, here, place, false);
    default:
      return act.to satisfies never;
  }
}

/** The tip is away: only its receipt can still be asked for. */
async function afterSending(context: Context, flow: ReportFlow, act: ReportAct): Promise<Turn> {
  if (act.to === 'new-words') return submit(context);
  if (act.to === 'without-words') return withoutWords(context);
  return askBack(context, flow);
}

/** Asks once more where something would be lost. */
export async function cancelReport(context: Context, flow: ReportFlow): Promise<Turn> {
  const { services, origin } = context;
  if (flow.step === 'intro') return closed(context, say(services, 'tip.not-begun'));
  if (flow.step === 'receipt') return askSkip(context, flow);
  const draft = await services.reports.draft(origin);
  if (draft === undefined) return gone(context);
  const empty = (['what', 'who', 'where', 'when', 'files'] as const).every((part) => told(draft, part) === 0);
  if (empty) return discard(context);
  const choices = [
    { label: say(services, 'button.discard'), send: '/lapor buang' },
    { label: say(services, 'button.resume'), send: '/lapor lanjutkan' },
  ];
  return sealedTurn(context, { ...flow, asking: 'cancel' }, [reply(say(services, 'tip.cancel'), choices)]);
}
