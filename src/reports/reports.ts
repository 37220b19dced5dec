/** All of the reports, put together: what the service starts. */
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import type { Inspector } from './attach.ts';
import { ChatAnswers, type Tell } from './chat-answers.ts';
import { Core, type CoreDependencies } from './core.ts';
import { Intake } from './intake.ts';
import type { Keeping } from './keeping.ts';
import { Retention } from './retention.ts';
import { StoredOffice } from './stored-office.ts';
import { WebIntake } from './web-intake.ts';

export interface ReportsDependencies {
  readonly database: Database;
  readonly key: ServerKey;
  readonly now: () => number;
  readonly escrow: RecipientText | undefined;
  readonly storageBytes: number;
  readonly keeping: Keeping;
  readonly evidence: Inspector;
  /** Plans that officers are told: `Notices.plan`. */
  readonly notice?: CoreDependencies['notice'];
  /** Brings an officer's answer into a chat. */
  readonly tell: Tell;
  /** Told of failures of the database; nothing of a report is in them. */
  readonly onError: (error: unknown) => void;
}

export interface Reports {
  /** For the conversation: `Services.reports`. */
  readonly desk: Intake;
  /** For the browsers' door. */
  readonly web: WebIntake;
  readonly office: StoredOffice;
  /** For the dialogue: what waits for a person goes before the replies to what they write. */
  readonly answers: ChatAnswers;
  /** To be run every ten minutes. */
  readonly retention: Retention;
  /** Starts deliveries. */
  start(): void;
  /** Resolves when nothing is being delivered any more. */
  stop(): Promise<void>;
}

/** Throws `SealError` where the escrow recipient is none. */
export function openReports(deps: ReportsDependencies): Reports {
  const { database, key, now, keeping, tell, onError } = deps;
  const core = new Core(deps);
  const answers = new ChatAnswers({ database, key, now, tell, onError });
  const afterwards = () => core.storage.recount();
  return {
    desk: new Intake(core, deps.evidence),
    web: new WebIntake(core),
    office: new StoredOffice(database, key, now),
    answers,
    retention: new Retention({ database, now, keeping, afterwards }),
    start: () => answers.start(),
    stop: () => answers.stop(),
  };
}
