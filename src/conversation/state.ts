import { z } from 'zod';
import { ACTORS } from '../knowledge/schema.ts';

/** After this long without a message, in milliseconds, a conversation starts anew (settings stay). */
export const SESSION_EXPIRES = 6 * 60 * 60 * 1000;

const choice = z.object({ label: z.string(), send: z.string() });

/**
 * What is remembered between two messages of one chat. It holds no text that the person wrote: only which rule was shown and which
 * choices were offered.
 */
const state = z.object({
  version: z.literal(1),
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
  ]),
  /** The choices under the last reply: a typed number or a near miss of a label means one of them. */
  choices: z.array(choice),
});

export type State = z.output<typeof state>;
export type Flow = State['flow'];

export const newState = (): State => ({ version: 1, at: 0, settings: {}, flow: { kind: 'idle' }, choices: [] });

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
