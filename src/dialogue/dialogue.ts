/**
 * The one door through which every channel reaches the conversation: it finds the chat's state, answers, hands the replies to the
 * channel, and only then marks the update as done. A crash in between leads to a second delivery, never to a lost answer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { officerAnswer } from '../conversation/flows/question.ts';
import { type Heard, wordless } from '../conversation/heard.ts';
import type { Message, Reply } from '../conversation/message.ts';
import { reply } from '../conversation/message.ts';
import type { Origin } from '../conversation/origin.ts';
import { respond } from '../conversation/respond.ts';
import { type Services, say } from '../conversation/services.ts';
import type { State } from '../conversation/state.ts';
import type { Conversations } from '../store/conversations.ts';
import { type ChatAddress, chatAddress, type ServerKey } from '../store/keys.ts';
import { Lanes } from './lanes.ts';

/** Name of a channel: part of every pseudonym, so that the same address on two platforms is two chats. */
export type ChannelName = 'telegram' | 'web' | 'terminal' | 'whatsapp' | 'whatsapp-cloud';

export interface Incoming {
  readonly channel: ChannelName;
  readonly chat: ChatAddress;
  /** Where the channel's sender finds the chat again; the same as `chat` where it is undefined. */
  readonly address?: ChatAddress;
  /** False in groups, where others read along; true where it is undefined. */
  readonly private?: boolean;
  /** The sender's network, where the channel sees it: for limits alone. */
  readonly network?: string;
  /** The platform's id of this update; undefined where the channel cannot deliver twice. */
  readonly update: string | undefined;
  readonly message: Message;
}

/** What the channel is asked to do besides sending. */
export interface Wishes {
  /** The person's own message should be taken off the chat, if the platform lets us. */
  readonly erase: boolean;
}

/**
 * Brings the replies to the person; there are none while an officer has the chat. May be called once; what it throws is passed on, and
 * the update is not marked as done.
 */
export type Deliver = (replies: readonly Reply[], wishes: Wishes) => Promise<void>;

/** `later`: not now, or only when the person writes again. `unreachable`: never (blocked, left, no such chat). */
export type Told = 'sent' | 'later' | 'unreachable';

/** A channel's way to say something to a chat that has not just asked. Rejecting counts as `later`. */
export type Sender = (address: ChatAddress, replies: readonly Reply[]) => Promise<Told>;

/** Officers' answers that waited for the person to write. */
export interface WaitingAnswers {
  readonly texts: readonly string[];
  /** They are out. Not called, they come again with the next message. */
  delivered(): Promise<void>;
}

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
  /** Officers' answers that could not be brought to this chat, for its next message. */
  readonly waitingAnswers?: (origin: Origin) => Promise<WaitingAnswers>;
  readonly onOutcome?: (outcome: Outcome, channel: ChannelName) => void;
  /** Told what became of a question, once a message, when it is answered and marked as done. */
  readonly onHeard?: (heard: readonly Heard[]) => void;
}

export class Dialogue {
  readonly #deps: DialogueDependencies;
  readonly #lanes = new Lanes();
  readonly #bursts = new RateLimiterMemory({ points: BURST, duration: BURST_SECONDS });
  readonly #warned = new Set<string>();
  readonly #senders = new Map<string, Sender>();

  constructor(deps: DialogueDependencies) {
    this.#deps = deps;
  }

  /** Handles one update. Resolves when it is answered and marked as done; rejects where delivery or storage failed. */
  async receive(incoming: Incoming, deliver: Deliver): Promise<Outcome> {
    const outcome = await this.#receive(incoming, deliver);
    this.#deps.onOutcome?.(outcome, incoming.channel);
    return outcome;
  }

  async #receive(incoming: Incoming, deliver: Deliver): Promise<Outcome> {
    const { conversations, key } = this.#deps;
    const origin = originOf(incoming, key);
    const pseudonym = key.pseudonym(incoming.channel, incoming.chat);
    // a chat that was told to slow down is heard again once its lane has run empty
    const waiting = this.#lanes.length(pseudonym);
    if (waiting >= LANE_LIMIT || (waiting > 0 && this.#warned.has(pseudonym))) {
      if (!this.#warned.has(pseudonym)) {
        this.#warned.add(pseudonym);
        await deliver([reply(say(this.#deps.services(), 'slow-down'))], { erase: false });
      }
      return 'dropped';
    }
    return this.#lanes.run(pseudonym, async () => {
      // the lane has run empty: whoever floods it again is told again
      if (this.#lanes.length(pseudonym) === 1) this.#warned.delete(pseudonym);
      if (origin.update !== undefined && (await conversations.isDone(origin.update))) return 'duplicate';
      if (await this.#overBurst(pseudonym)) await sleep(PACE);
      const services = this.#deps.services();
      const answers = await this.#deps.waitingAnswers?.(origin);
      const waited = (answers?.texts ?? []).flatMap((text) => officerAnswer(text, services));
      const loaded = await conversations.load(pseudonym);
      // with the answer the officer's turn is over, and this message is the bot's again
      const before = waited.length > 0 ? released(loaded) : loaded;
      const { state, replies, erase, heard } = await respond(before, incoming.message, services, origin);
      await deliver([...waited, ...replies], { erase });
      if (waited.length > 0) await answers?.delivered();
      await conversations.save(pseudonym, state, origin.update, services.now());
      // what was written before the officer's answer was read was meant for the officer
      if (heard.length > 0) this.#deps.onHeard?.(waited.length > 0 ? wordless(heard) : heard);
      return 'answered';
    });
  }

  /** Called by a channel when it starts: how it says something to a chat that has not just asked. */
  register(channel: ChannelName, sender: Sender): void {
    this.#senders.set(channel, sender);
  }

  /**
   * Brings an officer's answer to the chat that asked; the bot answers there again from then on.
   * @param address the `address` of the question's {@link Origin}
   */
  async tell(channel: string, address: string, text: string): Promise<Told> {
    const { conversations, key } = this.#deps;
    const sender = this.#senders.get(channel);
    if (sender === undefined) return 'later';
    const [chat = '', to = chat] = address.split(BETWEEN);
    const pseudonym = key.pseudonym(channel, chatAddress(chat));
    return this.#lanes.run(pseudonym, async () => {
      const services = this.#deps.services();
      const told = await sender(chatAddress(to), officerAnswer(text, services));
      if (told === 'later') return told;
      const state = await conversations.load(pseudonym);
      if (state.flow.kind === 'held')
        await conversations.save(pseudonym, released(state), undefined, services.now()).catch(() => {
          // the answer is out, and must not go out again: the chat finds at its next message that nobody holds it
        });
      return told;
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

/** Between the chat and the address in an origin's `address`: no platform writes it. */
const BETWEEN = '\u0000';

function originOf(
  { channel, chat, address, update, network, private: alone = true }: Incoming,
  key: ServerKey,
): Origin {
  return {
    channel,
    chat: key.pseudonym(channel, chat),
    address: address === undefined || address === chat ? chat : `${chat}${BETWEEN}${address}`,
    update: update === undefined ? undefined : key.pseudonym(`${channel}/update`, chatAddress(update)),
    private: alone,
    network,
  };
}

/** The state of a chat that no officer has any more. */
const released = (state: State): State =>
  state.flow.kind === 'held' ? { ...state, flow: { kind: 'idle' }, choices: [] } : state;
