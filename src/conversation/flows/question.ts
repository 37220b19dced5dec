/** A question handed to a person. While an officer has it, the bot is mute in this chat. */
import { plain, type Reply, reply } from '../message.ts';
import { say, sayOne, type Wording } from '../services.ts';
import type { Flow } from '../state.ts';
import { means } from '../words.ts';
import { type Context, helpInDanger, readTold } from './context.ts';
import type { Sent } from './files.ts';
import { inBubbles } from './receipt.ts';
import { ruleChoices, type Turn } from './show.ts';

const HELD: Flow = { kind: 'held' };
const IDLE: Flow = { kind: 'idle' };

// what is asked openly stays in the chat: the answer comes below it
const turn = ({ state }: Context, flow: Flow, replies: readonly Reply[]): Turn => ({
  state: { ...state, flow },
  replies,
});

/** `/petugas`: what will happen, before anything is handed over. */
export async function openQuestion(context: Context): Promise<Turn> {
  const { state, services, origin } = context;
  if (!origin.private) return { state, replies: [reply(say(services, 'question.group'))] };
  const admission = await services.reports.admission(origin);
  if (admission === 'open') return turn(context, { kind: 'question' }, [prompt(context)]);
  return turn(context, IDLE, [refusal(context, admission)]);
}

const prompt = ({ services }: Context, lead?: string): Reply => {
  const text = say(services, 'question.ask');
  const choices = [{ label: say(services, 'button.cancel'), send: '/batal' }];
  return reply(lead === undefined ? text : `${lead}\n\n${text}`, choices);
};

const refusal = ({ services }: Context, why: 'nobody' | 'limit' | 'full'): Reply =>
  reply(
    sayOne(services, why, { nobody: 'human', limit: 'question.limit', full: 'question.full' }),
    ruleChoices(['cara-lapor'], services),
  );

/** The question itself. */
export async function hearQuestion(context: Context, text: string): Promise<Turn> {
  const { services, origin } = context;
  if (means(text, 'cancel', 'none', 'end', 'back')) return leaveQuestion(context);
  const told = readTold(text, services);
  if ('refused' in told) return turn(context, { kind: 'question' }, [prompt(context, told.refused)]);
  const admission = await services.reports.ask(origin, told.text);
  if (admission !== 'open') return turn(context, IDLE, [refusal(context, admission)]);
  return turn(context, HELD, [...helpInDanger(context, told.text), reply(say(services, 'question.held'))]);
}

export const leaveQuestion = (context: Context): Turn =>
  turn(context, IDLE, [reply(say(context.services, 'question.left'))]);

export const repeatQuestion = (context: Context, lead: string): Turn =>
  turn(context, { kind: 'question' }, [prompt(context, lead)]);

/** Only words go to an officer; what stands under a picture does too. */
export async function sentInQuestion(context: Context, sent: Sent): Promise<Turn> {
  const note = reply(say(context.services, 'question.only-text'));
  if (!sent.caption?.trim()) return turn(context, { kind: 'question' }, [note]);
  const asked = await hearQuestion(context, sent.caption);
  return { ...asked, replies: [note, ...asked.replies] };
}

/**
 * A message while an officer has the conversation. Undefined where none has it any more: the answer came meanwhile, or the time is
 * over, and the message is answered as always.
 */
export async function hearHeld(context: Context, text: string): Promise<Turn | undefined> {
  const { services, origin } = context;
  if (means(text, 'end', 'cancel')) return endHeld(context);
  // a thumb or a heart is nothing that the officer must read, and nothing to break the silence for
  if (!/[\p{L}\p{N}]/u.test(text)) return turn(context, HELD, []);
  const told = readTold(text, services);
  if ('refused' in told) return turn(context, HELD, [reply(told.refused)]);
  const kept = await services.reports.askMore(origin, told.text);
  if (kept === 'gone') return undefined;
  if (kept === 'receipt') return turn(context, HELD, [reply(say(services, 'told.receipt'))]);
  const help = helpInDanger(context, told.text);
  return turn(context, HELD, kept === 'full' ? [...help, reply(say(services, 'question.enough'))] : help);
}

/** A command while an officer has the conversation: how to end that first. */
export const commandWhileHeld = (context: Context): Turn =>
  turn(context, HELD, [reply(say(context.services, 'question.first-end'))]);

/** `/selesai`: the question is taken back, and the chat's address is destroyed. */
export async function endHeld(context: Context): Promise<Turn> {
  await context.services.reports.withdraw(context.origin);
  return turn(context, IDLE, [reply(say(context.services, 'question.ended'))]);
}

export async function sentWhileHeld(context: Context, sent: Sent): Promise<Turn | undefined> {
  const note = reply(say(context.services, 'question.only-text'));
  if (!sent.caption?.trim()) return turn(context, HELD, [note]);
  const heard = await hearHeld(context, sent.caption);
  return heard && { ...heard, replies: [note, ...heard.replies] };
}

/** An officer's answer as it comes into the chat; the bot answers there again from then on. */
export const officerAnswer = (text: string, services: Wording): Reply[] => [
  ...inBubbles([say(services, 'question.answer', { text: plain(text) })]).map((bubble) => ({
    ...reply(bubble),
    secret: true as const,
  })),
  reply(say(services, 'question.answered')),
];
