/**
 * How much may come, and from one chat. Chats are counted in memory only, under the name that they have for a day: after it nobody
 * can tell whose count it was.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Messages to one question of the intake. Who tells more in more messages can add them later. */
export const QUESTION_MESSAGES = 10;
/** Characters of one message: three times what Telegram takes, so that nothing typed in a chat is refused. */
export const MESSAGE_CHARACTERS = 12_000;
/** Files in one draft. */
export const DRAFT_FILES = 8;
/**
 * Sealed bytes of a draft's files: 20 MB before they are filled up to their buckets, which makes the worst of them three times as
 * large. How large they really are is known to nobody after the sealing.
 */
export const DRAFT_FILE_BYTES = 48 * 1024 * 1024;
/** Receipts of one case: each is a stanza of 1.6 kB in every answer. Only a platform that delivers again asks for a second one. */
export const CASE_RECEIPTS = 5;
/** The most files that are cleaned and sealed at once: each takes some 100 MB of memory for a moment. */
export const FILES_AT_ONCE = 2;

const DAY = 24 * 60 * 60;

/** Of one chat; `seconds` is the time in which they are counted. */
const PER_CHAT = {
  /** Begun and cancelled over and over, each leaves a case for a while. */
  drafts: { points: 20, duration: DAY },
  tips: { points: 5, duration: DAY },
  /** Messages and files added by receipt. */
  additions: { points: 30, duration: DAY },
  questions: { points: 5, duration: DAY },
  /** A receipt has 99 random bits: this is against noise, not against luck. */
  looks: { points: 10, duration: 10 * 60 },
} as const;
export type Counted = keyof typeof PER_CHAT;

/**
 * Of one network, where the channel sees it (the web chat, where a new chat costs nothing): behind it may be an office, or somebody
 * who begins chat after chat.
 */
const PER_NETWORK = {
  /** Drafts and questions. */
  begun: { points: 100, duration: DAY },
  looks: { points: 120, duration: 10 * 60 },
  /** Sealed. A tip of four answers takes some 30: a hundred flooding networks fill the store in a day, and one does not. */
  kibibytes: { points: 20 * 1024, duration: DAY },
} as const;
export type CountedOfNetwork = keyof typeof PER_NETWORK;

/** Of all chats together, and of all browsers: five a second over ten minutes, of which each takes a few milliseconds. */
const ALL_LOOKS = { points: 3000, duration: 10 * 60 };

export class Limits {
  readonly #chats: Readonly<Record<Counted, RateLimiterMemory>>;
  readonly #networks: Readonly<Record<CountedOfNetwork, RateLimiterMemory>> = {
    begun: new RateLimiterMemory(PER_NETWORK.begun),
    looks: new RateLimiterMemory(PER_NETWORK.looks),
    kibibytes: new RateLimiterMemory(PER_NETWORK.kibibytes),
  };
  readonly #looks = { chat: new RateLimiterMemory(ALL_LOOKS), browser: new RateLimiterMemory(ALL_LOOKS) };

  constructor() {
    this.#chats = {
      drafts: new RateLimiterMemory(PER_CHAT.drafts),
      tips: new RateLimiterMemory(PER_CHAT.tips),
      additions: new RateLimiterMemory(PER_CHAT.additions),
      questions: new RateLimiterMemory(PER_CHAT.questions),
      looks: new RateLimiterMemory(PER_CHAT.looks),
    };
  }

  /** True where one more is allowed; changes nothing. @param chat the chat's name of the day */
  async allows(what: Counted, chat: string): Promise<boolean> {
    return ((await this.#chats[what].get(chat))?.remainingPoints ?? 1) > 0;
  }

  /** Counts one; false where it was one too many. */
  count(what: Counted, chat: string): Promise<boolean> {
    return consumed(this.#chats[what], chat);
  }

  /** Counts what came from a network; false where it was too much. @param network its name of the day */
  countOfNetwork(what: CountedOfNetwork, network: string, points?: number): Promise<boolean> {
    return consumed(this.#networks[what], network, points);
  }

  /** Counts a look by anybody. Who floods one door does not close the other. */
  countLook(door: 'chat' | 'browser'): Promise<boolean> {
    return consumed(this.#looks[door], 'all');
  }
}

async function consumed(limiter: RateLimiterMemory, key: string, points = 1): Promise<boolean> {
  try {
    await limiter.consume(key, points);
    return true;
  } catch (rejected) {
    if (rejected instanceof RateLimiterRes) return false;
    throw rejected;
  }
}
