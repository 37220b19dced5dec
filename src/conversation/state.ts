import { z } from 'zod';
import { ACTORS } from '../knowledge/schema.ts';

/** After this long without a message, in milliseconds, a conversation starts anew (settings stay). */
export const SESSION_EXPIRES = 6 * 60 * 60 * 1000;

/** Places of a report: before it is begun, its questions, and the receipt after it is sent. */
export const REPORT_STEPS = ['intro', 'resume', 'what', 'who', 'where', 'when', 'files', 'summary', 'receipt'] as const;

const choice = z.object({ label: z.string(), send: z.string() });

/**
 * What is remembered between two messages of one chat. It holds no text that the person wrote: only which rule was shown and which
 * choices were offered. While somebody reports, opens a receipt or asks an officer, not even the choices: they may show what was told
 * (a region), so `ReportDesk.remember` has them, in memory only.
 */
const state = z.object({
  /** Version 1 knew fewer flows; its states are read as they are. */
  version: z.union([z.literal(1), z.literal(2)]).transform(() => 2 as const),
  /** Milliseconds since 1970 of the last message; 0 in a new conversation. */
  at: z.number(),
  settings: z.object({ actor: z.enum(ACTORS).optional() }),
  flow: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('idle') }),
    /** A rule was shown; follow-ups ("sanksinya?") are about it, `others` is what "bukan ini" offers. */
    z.object({ kind: z.literal('answered'), rule: z.string(), others: z.array(z.string()) }),
    /** Two or three rules were offered. */
    z.object({ kind: z.literal('choosing'), rules: z.array(z.string()) }),
    z.object({ kind: z.literal('browsing'), topic: z.string().optional() }),
    z.object({ kind: z.literal('settings') }),
    z.object({
      kind: z.literal('report'),
      step: z.enum(REPORT_STEPS),
      /** The step was chosen from the summary and leads back to it. */
      editing: z.boolean(),
      /** A question about the step that is open: "discard it?", "send this file as it is?", "really without the words?" */
      asking: z.enum(['cancel', 'file', 'skip']).optional(),
      /** Wrong words typed back so far. */
      wrong: z.int(),
    }),
    /** A receipt is being opened (`words`), or is open for more. */
    z.object({ kind: z.literal('receipt'), step: z.enum(['words', 'open']), asking: z.enum(['file']).optional() }),
    /** A question to the officers is to be written. */
    z.object({ kind: z.literal('question') }),
    /** An officer has the conversation: the bot is mute. */
    z.object({ kind: z.literal('held') }),
  ]),
  /** The choices under the last reply: a typed number or a near miss of a label means one of them. */
  choices: z.array(choice),
});

export type State = z.output<typeof state>;
export type Flow = State['flow'];
export type FlowOf<Kind extends Flow['kind']> = Extract<Flow, { kind: Kind }>;
export type ReportStep = (typeof REPORT_STEPS)[number];

/** Flows in which nothing that was offered may be stored. */
export const isGuarded = ({ kind }: Flow): boolean => ['report', 'receipt', 'question', 'held'].includes(kind);

export const newState = (): State => ({ version: 2, at: 0, settings: {}, flow: { kind: 'idle' }, choices: [] });

/** A stored state, or a new one where the stored text is damaged or of another version. */
export function parseState(json: string | undefined): State {
  if (json === undefined) return newState();
  try {
    const parsed = state.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : newState();
  } catch {
    return newState();
  }
}
