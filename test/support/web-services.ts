/** The web server as a process would build it, for tests: the real rule base, a quick model, conversations in memory. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildWebServer } from '../../src/channels/web/server.ts';
import { newState, type State } from '../../src/conversation/state.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { trainingTexts } from '../../src/learning/learn.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { prepare } from '../../src/matching/train.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import type { Conversations } from '../../src/store/conversations.ts';
import { ServerKey } from '../../src/store/keys.ts';

/** Training texts of each label: enough for the questions of the tests, and ready in about two seconds. */
const TEXTS_A_LABEL = 5;

/** The rule base with the quick ranker alone, trained on a few texts of each label. */
export function quickBrain(): Brain {
  const knowledge = loadKnowledge();
  const taken = new Map<string, number>();
  const texts = trainingTexts(knowledge).filter(({ label }) => {
    const count = (taken.get(label) ?? 0) + 1;
    taken.set(label, count);
    return count <= TEXTS_A_LABEL;
  });
  return { knowledge, matcher: new Matcher(knowledge, prepare(texts, knowledge.vocabulary).quick) };
}

export class ConversationsInMemory implements Conversations {
  readonly states = new Map<string, State>();
  readonly #done = new Set<string>();

  async load(chat: string): Promise<State> {
    return this.states.get(chat) ?? newState();
  }

  async save(chat: string, state: State, update: string | undefined): Promise<void> {
    this.states.set(chat, state);
    if (update !== undefined) this.#done.add(update);
  }

  async isDone(update: string): Promise<boolean> {
    return this.#done.has(update);
  }

  async expire(): Promise<void> {}
}

export interface WebServices {
  readonly server: FastifyInstance;
  readonly conversations: ConversationsInMemory;
  readonly metrics: Metrics;
  /** What `GET /readyz` tells. */
  ready: boolean;
}

/** A server that does not listen yet: use `inject`, or `listen({ port: 0 })`. Close it at the end. */
export async function webServices(brain: Brain): Promise<WebServices> {
  const conversations = new ConversationsInMemory();
  const metrics = new Metrics();
  const dialogue = new Dialogue({
    conversations,
    key: new ServerKey(randomBytes(32)),
    services: () => ({ ...brain, now: Date.now }),
    onOutcome: (outcome, channel) => metrics.count('messages_total', { outcome, channel }),
  });
  const services = { ready: true, conversations, metrics };
  const log = pino({ level: 'silent' });
  const server = await buildWebServer({ dialogue, ready: () => services.ready, metrics, log });
  return Object.assign(services, { server });
}
