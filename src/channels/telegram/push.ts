import type { Reply } from '../../conversation/message.ts';
import type { Told } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { ChatAddress } from '../../store/keys.ts';
import type { BotApi } from './api.ts';
import { classify } from './failure.ts';
import { placeAt } from './place.ts';
import { Delivery } from './send.ts';

/** Says something to a chat that has not just asked. Never rejects. */
export async function push(
  api: BotApi,
  address: ChatAddress,
  replies: readonly Reply[],
  { log }: { readonly log: Logger },
): Promise<Told> {
  const place = placeAt(address);
  if (place === undefined) return 'unreachable';
  try {
    return (await new Delivery(api, place).send(replies)) === 'gone' ? 'unreachable' : 'sent';
  } catch (error) {
    const failure = classify(error);
    log.warn({ error: describeError(error), failure: failure.kind }, 'what was to be said could not be sent');
    // the same would be refused again
    return failure.kind === 'refused' ? 'unreachable' : 'later';
  }
}
