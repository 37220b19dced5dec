/** The flows in which something is told: which of them a message belongs to, and how one leaves them. */
import { visible } from '../../matching/normalise.ts';
import { type Command, parseCommand } from '../command.ts';
import { type Choice, type Message, reply } from '../message.ts';
import { pickChoice, pickExactly } from '../pick.ts';
import { say } from '../services.ts';
import { type Flow, isGuarded } from '../state.ts';
import { opener } from '../words.ts';
import { ask } from './ask.ts';
import { type Context, closed } from './context.ts';
import type { Sent } from './files.ts';
import {
  commandWhileHeld,
  endHeld,
  hearHeld,
  hearQuestion,
  leaveQuestion,
  openQuestion,
  repeatQuestion,
  sentInQuestion,
  sentWhileHeld,
} from './question.ts';
import {
  answerReceiptFile,
  closeReceipt,
  editedReceipt,
  hearReceipt,
  openReceipt,
  repeatReceipt,
  sentInReceipt,
} from './receipt.ts';
import { offerResume } from './report/begin.ts';
import { cancelReport, obeyReport } from './report/obey.ts';
import { finished } from './report/receipt-words.ts';
import { editedReport, hearReport, repeatReport, sentInReport } from './report/report.ts';
import { isPlace, reportFlow } from './report/steps.ts';
import type { Turn } from './show.ts';

export type GuardedCommand = Extract<Command, { kind: 'report' | 'receipt' | 'human' | 'cancel' }>;

export const isGuardedCommand = (command: Command): command is GuardedCommand =>
  ['report', 'receipt', 'human', 'cancel'].includes(command.kind);

/** Opens, steers or ends one of these flows. */
export async function obeyGuarded(context: Context, command: GuardedCommand): Promise<Turn> {
  const { flow } = context.state;
  switch (command.kind) {
    case 'report':
      if (flow.kind === 'receipt' && (command.act.to === 'take-file' || command.act.to === 'leave-file'))
        return answerReceiptFile(context, command.act.to === 'take-file');
      return obeyReport(context, command.act);
    case 'receipt':
      return draftWaits(context, await openReceipt(context, command.words));
    case 'human':
      return draftWaits(context, await openQuestion(context));
    case 'cancel':
      return cancel(context);
    default:
      return command satisfies never;
  }
}

/** `/batal` and `/selesai`: ends what is going on. */
async function cancel(context: Context): Promise<Turn> {
  const { state, services, origin } = context;
  const { flow } = state;
  if (flow.kind === 'report') return cancelReport(context, flow);
  if (flow.kind === 'receipt') return closeReceipt(context);
  if (flow.kind === 'question') return leaveQuestion(context);
  if (flow.kind === 'held') return endHeld(context);
  if (origin.private && (await services.reports.draft(origin)) !== undefined)
    return cancelReport(context, reportFlow('resume'));
  return { state, replies: [reply(say(services, 'nothing-to-end'))] };
}

/**
 * A message in the middle of one of these flows. `obey` carries out a command of any kind. Undefined where the flow turns out to be
 * over: an officer has answered.
 */
export async function respondGuarded(
  context: Context,
  message: Message,
  choices: readonly Choice[] | undefined,
  obey: (command: Command) => Promise<Turn>,
): Promise<Turn | undefined> {
  const { flow } = context.state;
  if (message.kind === 'unsupported') return sent(context, message);
  if (flow.kind === 'held') return held(context, message.text, obey);
  const text = visible(message.text);
  const picked = (takesText(flow) ? pickExactly : pickChoice)(choices ?? [], text);
  const command = parseCommand(picked?.send ?? opener(text) ?? text);
  if (command?.kind === 'unknown') {
    if (steers(text)) return hear(context, text, message.kind);
    return repeat(context, say(context.services, 'told.no-command'));
  }
  if (command !== undefined) return obey(command);
  // a number that meant a choice which a restart has forgotten
  if (choices === undefined && /^\d{1,2}[.)]?$/.test(text)) return repeat(context, say(context.services, 'told.again'));
  return hear(context, message.text, message.kind);
}

/** "/lewati" is no command of its own, but means what it says. */
const steers = (text: string): boolean => /^\/(?:lanjut|lewati|kembali|kirim|skip|ubah|hapus)$/i.test(text);

/** True where whatever is typed may be what a person wants to tell: only the exact words of a button press it. */
const takesText = (flow: Flow): boolean =>
  flow.kind === 'question' ||
  (flow.kind === 'receipt' && flow.step === 'open') ||
  (flow.kind === 'report' && flow.asking !== 'cancel' && isPlace(flow.step) && flow.step !== 'summary');

async function hear(context: Context, text: string, kind: 'text' | 'edited'): Promise<Turn> {
  const { flow } = context.state;
  if (flow.kind === 'report') return (kind === 'edited' ? editedReport : hearReport)(context, flow, text);
  if (flow.kind === 'receipt') return (kind === 'edited' ? editedReceipt : hearReceipt)(context, flow, text);
  if (flow.kind === 'question') return hearQuestion(context, text);
  return ask(context, text);
}

async function repeat(context: Context, lead: string): Promise<Turn> {
  const { flow } = context.state;
  if (flow.kind === 'report') return repeatReport(context, flow, lead);
  if (flow.kind === 'receipt') return repeatReceipt(context, flow, lead);
  return repeatQuestion(context, lead);
}

async function sent(context: Context, message: Sent): Promise<Turn | undefined> {
  const { flow } = context.state;
  if (flow.kind === 'report') return sentInReport(context, flow, message);
  if (flow.kind === 'receipt') return sentInReceipt(context, flow, message);
  if (flow.kind === 'question') return sentInQuestion(context, message);
  return sentWhileHeld(context, message);
}

/** Undefined where nobody has the conversation any more. */
async function held(
  context: Context,
  text: string,
  obey: (command: Command) => Promise<Turn>,
): Promise<Turn | undefined> {
  // "lapor" was taught as a word, and is no message to the officer
  const command = parseCommand(opener(text) ?? text);
  if (command?.kind === 'cancel') return endHeld(context);
  if (command?.kind === 'forget') return obey(command);
  return command === undefined ? hearHeld(context, text) : commandWhileHeld(context);
}

/** After a command that has nothing to do with the flow: the flow is left, and a draft that waits is named. */
export async function outOfGuarded(context: Context, turn: Turn): Promise<Turn> {
  const { services, origin } = context;
  const { flow } = context.state;
  if (!isGuarded(flow)) return turn;
  if (flow.kind === 'receipt' || (flow.kind === 'report' && flow.step === 'receipt'))
    await services.reports.forget(origin);
  const left = isGuarded(turn.state.flow)
    ? { ...turn, state: { ...turn.state, flow: { kind: 'idle' } as const } }
    : turn;
  return draftWaits(context, left);
}

/** Says that a draft waits, where somebody turns to something else in the middle of it. */
async function draftWaits(context: Context, turn: Turn): Promise<Turn> {
  const { services, origin } = context;
  if (context.state.flow.kind !== 'report' || turn.state.flow.kind === 'report') return turn;
  if ((await services.reports.draft(origin)) === undefined) return turn;
  return { ...turn, replies: [reply(say(services, 'tip.waiting')), ...turn.replies] };
}

/** What comes long after such a flow was left open: it is not kept, and not taken for a question. */
export async function latecomer(context: Context, flow: Flow): Promise<Turn | undefined> {
  const { services, origin } = context;
  if (flow.kind === 'question') return leaveQuestion(context);
  if (flow.kind === 'receipt' && flow.step === 'open') return closed(context, say(services, 'receipt.late'));
  if (flow.kind !== 'report') return undefined;
  if (flow.step === 'receipt') {
    await services.reports.forget(origin);
    return finished(context, say(services, 'tip.forgotten'));
  }
  if ((await services.reports.draft(origin)) !== undefined) return offerResume(context, say(services, 'tip.late'));
  return isPlace(flow.step) ? closed(context, say(services, 'tip.gone')) : undefined;
}
