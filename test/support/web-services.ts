/** The web server as a process would build it, for tests, but with conversations in memory. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { PATIENCE, type Patience } from '../../src/channels/web/patience.ts';
import { buildWebServer } from '../../src/channels/web/server.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { newState, type State } from '../../src/conversation/state.ts';
import { Dialogue, type DialogueDependencies } from '../../src/dialogue/dialogue.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import type { Conversations } from '../../src/store/conversations.ts';
import { ServerKey } from '../../src/store/keys.ts';

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

/** A server, with the given dialogue or one in memory, that does not listen yet: use `inject`, or `listen({ port: 0 })`. Close it at the end. */
export async function webServices(
  brain: Brain,
  instead?: Dialogue,
  onHeard?: DialogueDependencies['onHeard'],
  patience: Patience = PATIENCE,
): Promise<WebServices> {
  const conversations = new ConversationsInMemory();
  const metrics = new Metrics();
  const dialogue =
    instead ??
    new Dialogue({
      conversations,
      key: new ServerKey(randomBytes(32)),
      services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
      onOutcome: (outcome, channel) => metrics.count('messages_total', { outcome, channel }),
      ...(onHeard === undefined ? {} : { onHeard }),
    });
  const services = { ready: true, conversations, metrics };
  const log = pino({ level: 'silent' });
  const server = await buildWebServer({ dialogue, ready: () => services.ready, metrics, log, patience });
  return Object.assign(services, { server });
}
