/** Sealing what an officer writes, and sending it. */
import type { Me } from '../../../../channels/web/desk/contract.ts';
import { api } from '../../api.ts';
import { keys } from '../../keys/keys.ts';
import { today } from './due.ts';
import type { LoadedCase } from './use-case.ts';

/**
 * To a tip, sealed to the case and to every receipt; to a question, in clear into the chat, with a sealed copy for officers. Gives the
 * entry's id.
 */
export async function sendAnswer({ detail }: LoadedCase, me: Me, text: string): Promise<string> {
  const isQuestion = detail.kind === 'question';
  const to = isQuestion ? [detail.recipient] : [detail.recipient, ...detail.reporters];
  return send(detail, me, { author: 'officer', text, to, ...(isQuestion ? { answer: text } : {}) });
}

/** Sealed to the case alone: no receipt opens it. */
export const sendNote = ({ detail }: LoadedCase, me: Me, text: string): Promise<string> =>
  send(detail, me, { author: 'note', text, to: [detail.recipient] });

interface Written {
  readonly author: 'officer' | 'note';
  readonly text: string;
  readonly to: readonly string[];
  readonly answer?: string;
}

async function send(
  { id, version, place }: LoadedCase['detail'],
  me: Me,
  { author, text, to, ...answer }: Written,
): Promise<string> {
  const { id: entry, sealed } = await keys.call('seal', id, { author, day: today(), place, text, by: me.name }, to);
  await api.write(id, { version, entry: { id: entry, author, sealed }, ...answer });
  return entry;
}
