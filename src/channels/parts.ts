/** What every channel is made of, and what it does. */
import type { FastifyInstance } from 'fastify';
import type { Dialogue } from '../dialogue/dialogue.ts';
import type { Brain } from '../learning/brain.ts';
import type { Logger } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Database } from '../store/database.ts';
import type { InboxKeys } from '../store/inbox-keys.ts';
import type { ServerKey } from '../store/keys.ts';

/** A channel that was opened: it takes nothing in before `start`, and nothing more after `stop`. */
export interface Channel {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface ChannelParts {
  readonly dialogue: Dialogue;
  /** Asked each time, so that a reloaded rule base is used from then on. */
  readonly services: () => Brain;
  /** The web server, not listening yet: webhooks and the pairing page add their routes. */
  readonly web: FastifyInstance;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** For channels that have to store what they receive until it is answered. */
export interface StoringParts extends ChannelParts {
  readonly database: Database;
  readonly key: ServerKey;
  readonly inboxKeys: InboxKeys;
}
