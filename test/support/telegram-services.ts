/** The Telegram channel against the fake Bot API, with a real dialogue and real rules, and conversations in memory. */
import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openTelegram, type TelegramChannel } from '../../src/channels/telegram/telegram.ts';
import type { Timing } from '../../src/channels/telegram/timing.ts';
import type { TelegramConfig } from '../../src/config.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { newState, type State } from '../../src/conversation/state.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { type Match, Matcher } from '../../src/matching/matcher.ts';
import { prepare } from '../../src/matching/train.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import type { Conversations } from '../../src/store/conversations.ts';
import { ServerKey } from '../../src/store/keys.ts';
import { FakeBotApi, type FakeOptions } from './bot-api.ts';

export const QUESTION = 'boleh like postingan calon?';

let brain: Brain | undefined;

/** The matcher, but sure of two questions: these tests are about Telegram, and must not depend on how well a quick ranker guesses. */
class SureMatcher extends Matcher {
  override match(text: string): Match {
    const { candidates, facets } = super.match(text);
    const rule = /like postingan/i.test(text)
      ? 'medsos-like'
      : /akun kpu/i.test(text)
        ? 'medsos-like-akun-kpu'
        : undefined;
    if (rule === undefined) return { outcome: 'unknown', confidence: 0, candidates, facets };
    const others = candidates.filter((candidate) => candidate.rule !== rule).slice(0, 2);
    return { outcome: 'answer', rule, confidence: 1, candidates: [{ rule, confidence: 1 }, ...others], facets };
  }
}

/** The real rules with a quick ranker that knows their names only; ready at once. */
export function quickBrain(): Brain {
  if (brain) return brain;
  const knowledge = loadKnowledge();
  const texts = [...knowledge.rules.values()].flatMap(({ id, title, aliases }) =>
    [title, ...aliases].map((text) => ({ text, label: id })),
  );
  brain = { knowledge, matcher: new SureMatcher(knowledge, prepare(texts, knowledge.vocabulary).quick) };
  return brain;
}

/** Keeps states in memory; `onSave` and `onLoad` may throw or wait, to play a store in trouble. */
export class MemoryConversations implements Conversations {
  readonly done = new Set<string>();
  readonly #states = new Map<string, State>();
  onLoad: () => Promise<void> = async () => {};
  onSave: () => Promise<void> = async () => {};

  async load(chat: string): Promise<State> {
    await this.onLoad();
    return this.#states.get(chat) ?? newState();
  }

  async save(chat: string, state: State, update: string | undefined): Promise<void> {
    await this.onSave();
    this.#states.set(chat, state);
    if (update !== undefined) this.done.add(update);
  }

  async isDone(update: string): Promise<boolean> {
    return this.done.has(update);
  }

  async expire(): Promise<void> {}
}

/** Everything short, so that no test waits. */
export const QUICK: Partial<Timing> = {
  pollTimeout: 5,
  firstPause: 4,
  longestPause: 20,
  breath: 5,
  slowestBreath: 20,
  stopPatience: 2_000,
};

export interface BotOptions {
  readonly telegram?: FakeBotApi;
  readonly fake?: FakeOptions;
  readonly token?: string;
  readonly apiRoot?: string;
  readonly webhook?: TelegramConfig['webhook'];
  readonly timing?: Partial<Timing>;
  /** Share them between two bots to play a restart. */
  readonly conversations?: MemoryConversations;
  readonly key?: ServerKey;
  /** In place of the real one. */
  readonly dialogue?: Dialogue;
  readonly start?: boolean;
  /** The test's own, for tests that run at the same time. */
  readonly whenFinished?: (cleanup: () => Promise<void>) => void;
}

export interface RunningBot {
  readonly telegram: FakeBotApi;
  readonly channel: TelegramChannel;
  readonly conversations: MemoryConversations;
  readonly key: ServerKey;
  readonly metrics: Metrics;
  readonly web: FastifyInstance;
  /** Lines of the log. */
  readonly logged: string[];
  stop(): Promise<void>;
}

/** A bot that receives; it and its server are stopped when the test ends. */
export async function startBot(options: BotOptions = {}): Promise<RunningBot> {
  quickBrain();
  const telegram = options.telegram ?? (await FakeBotApi.start(options.fake));
  const conversations = options.conversations ?? new MemoryConversations();
  const key = options.key ?? new ServerKey(randomBytes(32));
  const metrics = new Metrics();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const web = fastify();
  const services = () => ({ ...quickBrain(), ...WITHOUT_REPORTS, now: Date.now });
  const dialogue = options.dialogue ?? new Dialogue({ conversations, key, services });
  const config = {
    token: options.token ?? telegram.token,
    apiRoot: options.apiRoot ?? telegram.url,
    webhook: options.webhook,
  };
  const timing = { ...QUICK, ...options.timing };
  const channel = await openTelegram({ config, dialogue, services, web, log, metrics, timing });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= channel.stop().then(() => web.close());
    return stopped;
  };
  const whenFinished = options.whenFinished ?? onTestFinished;
  whenFinished(async () => {
    await stop();
    await telegram.stop();
  });
  if (options.start !== false) await channel.start();
  return { telegram, channel, conversations, key, metrics, web, logged, stop };
}
