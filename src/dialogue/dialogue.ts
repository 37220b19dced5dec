/**
 * The one door through which every channel reaches the conversation: it finds the chat's state, answers, hands the replies to the
 * channel, and only then marks the update as done. A crash in between leads to a second delivery, never to a lost answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Message, Reply } from '../conversation/message.ts';
import { reply } from '../conversation/message.ts';
import { respond } from '../conversation/respond.ts';
import { type Services, say } from '../conversation/services.ts';
import type { Conversations } from '../store/conversations.ts';
import type { ChatAddress, ServerKey } from '../store/keys.ts';
import { Lanes } from './lanes.ts';

/** Name of a channel: part of every pseudonym, so that the same address on two platforms is two chats. */
export type ChannelName = 'telegram' | 'web' | 'terminal' | 'whatsapp' | 'whatsapp-cloud';

export interface Incoming {
  readonly channel: ChannelName;
  readonly chat: ChatAddress;
  /** The platform's id of this update; undefined where the channel cannot deliver twice. */
  readonly update: string | undefined;
  readonly message: Message;
}

/** Brings the replies to the person. May be called once; what it throws is passed on, and the update is not marked as done. */
export type Deliver = (replies: readonly Reply[]) => Promise<void>;

export type Outcome = 'answered' | 'duplicate' | 'dropped';

/** A chat may send this many messages at once; after that they are answered at the pace below. */
const BURST = 10;
/** Seconds in which the burst is counted. */
const BURST_SECONDS = 5;
/** Pause between two answers of a chat that is over its burst, in milliseconds. */
const PACE = 150;
/** Messages of one chat that may wait. Above it the chat is told once to slow down, and what comes is not answered. */
const LANE_LIMIT = 60;

export interface DialogueDependencies {
  readonly conversations: Conversations;
  readonly key: ServerKey;
  /** Asked at each message, so that a reloaded rule base is used from then on. */
  readonly services: () => Services;
  readonly onOutcome?: (outcome: Outcome, channel: ChannelName) => void;
}

export class Dialogue {
  readonly #deps: DialogueDependencies;
  readonly #lanes = new Lanes();
  readonly #bursts = new RateLimiterMemory({ points: BURST, duration: BURST_SECONDS });
  readonly #warned = new Set<string>();

  constructor(deps: DialogueDependencies) {
    this.#deps = deps;
  }

  /** Handles one update. Resolves when it is answered and marked as done; rejects where delivery or storage failed. */
  async receive(incoming: Incoming, deliver: Deliver): Promise<Outcome> {
    const outcome = await this.#receive(incoming, deliver);
    this.#deps.onOutcome?.(outcome, incoming.channel);
    return outcome;
  }

  async #receive({ channel, chat, update, message }: Incoming, deliver: Deliver): Promise<Outcome> {
    const { conversations, key } = this.#deps;
    const pseudonym = key.pseudonym(channel, chat);
    const updateId = update === undefined ? undefined : key.pseudonym(`${channel}/update`, update as ChatAddress);
    // a chat that was told to slow down is heard again once its lane has run empty
    const waiting = this.#lanes.length(pseudonym);
    if (waiting >= LANE_LIMIT || (waiting > 0 && this.#warned.has(pseudonym))) {
      if (!this.#warned.has(pseudonym)) {
        this.#warned.add(pseudonym);
        await deliver([reply(say(this.#deps.services(), 'slow-down'))]);
      }
      return 'dropped';
    }
    return this.#lanes.run(pseudonym, async () => {
      // the lane has run empty: whoever floods it again is told again
      if (this.#lanes.length(pseudonym) === 1) this.#warned.delete(pseudonym);
      if (updateId !== undefined && (await conversations.isDone(updateId))) return 'duplicate';
      if (await this.#overBurst(pseudonym)) await sleep(PACE);
      const services = this.#deps.services();
      const before = await conversations.load(pseudonym);
      const { state, replies } = respond(before, message, services);
      await deliver(replies);
      await conversations.save(pseudonym, state, updateId, services.now());
      return 'answered';
    });
  }

  async #overBurst(pseudonym: string): Promise<boolean> {
    try {
      await this.#bursts.consume(pseudonym);
      return false;
    } catch (rejected) {
      if (rejected instanceof RateLimiterRes) return true;
      throw rejected;
    }
  }

  /** Resolves when nothing is being handled any more. */
  idle(): Promise<void> {
    return this.#lanes.idle();
  }
}
