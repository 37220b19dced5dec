/** What the flows share that seal what a person tells: reports, receipts, questions to officers. */

import { MAX_ANALYSED, visible } from '../../matching/normalise.ts';
import { holdsReceipt } from '../../sealing/receipt.ts';
import { type Reply, reply } from '../message.ts';
import type { Origin } from '../origin.ts';
import { type Services, say } from '../services.ts';
import type { Flow, State } from '../state.ts';
import type { Turn } from './show.ts';

export interface Context {
  readonly state: State;
  readonly services: Services;
  readonly origin: Origin;
}

/** A turn of a flow whose messages are taken off the chat again. */
export const sealedTurn = ({ state }: Context, flow: Flow, replies: readonly Reply[]): Turn => ({
  state: { ...state, flow },
  replies,
  erase: true,
});

/** The flow is over. */
export const closed = (context: Context, text: string): Turn => sealedTurn(context, { kind: 'idle' }, [reply(text)]);

/** Longest message that is kept, in UTF-16 units: three times Telegram's longest, so that nothing typed there is refused. */
export const MAX_TOLD = 12_000;

/** A text to be sealed, or the sentence that says why it is not kept. */
export type Told = { readonly text: string } | { readonly refused: string };

/** Line by line as it can be seen: direction marks and control characters go, line breaks stay. */
export function readTold(written: string, services: Services): Told {
  // four times the limit: what is invisible may still go
  const lines = written.length > MAX_TOLD * 4 ? undefined : written.split(/\r\n?|\n/).map((line) => visible(line));
  const text = lines
    ?.join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text === undefined || text.length > MAX_TOLD)
    return { refused: say(services, 'told.too-long', { max: MAX_TOLD }) };
  if (!/[\p{L}\p{N}]/u.test(text)) return { refused: say(services, 'told.no-words') };
  if (holdsReceipt(text)) return { refused: say(services, 'told.receipt') };
  return { text };
}

/** Pieces of a long text overlap by this much, so that no phrase is cut. */
const OVERLAP = 100;

/** Where to find help, for somebody who tells of a danger; each kind of danger once in a while, not under every message. */
export function helpInDanger({ services, origin }: Context, text: string): Reply[] {
  for (let from = 0; from < text.length; from += MAX_ANALYSED - OVERLAP) {
    const match = services.matcher.match(text.slice(from, from + MAX_ANALYSED));
    if (match.outcome !== 'out') continue;
    const entry = services.knowledge.outOfScope.get(match.outClass);
    if (entry?.kind !== 'danger') continue;
    if (services.reports.recall(origin, `told ${entry.id}`) !== undefined) return [];
    services.reports.remember(origin, `told ${entry.id}`, 'yes');
    return [reply(entry.reply)];
  }
  return [];
}

/** True where somebody in the middle of telling seems to ask the bot something. */
export const looksAsked = (text: string): boolean =>
  text.length <= 120 && (text.endsWith('?') || /^(?:boleh|bolehkah|apakah|gimana|bagaimana)\b/i.test(text));
