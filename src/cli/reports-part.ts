/** Sealed tips and the officers' side of them, as the service runs them: what stands between the settings and `src/reports/`. */
import { setInterval as every } from 'node:timers';
import { Accounts } from '../accounts/accounts.ts';
import type { Config } from '../config.ts';
import type { Dialogue } from '../dialogue/dialogue.ts';
import { Insights } from '../insights/insights.ts';
import { describeError, type Logger } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import { noteAudit } from '../reports/audit.ts';
import { EVIDENCE_LIMIT, inspectEvidence } from '../reports/evidence.ts';
import { type NoticeSender, Notices } from '../reports/notices.ts';
import { mailNotices } from '../reports/notices-mail.ts';
import { telegramNotices } from '../reports/notices-telegram.ts';
import { openReports, type Reports } from '../reports/reports.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';

/** Retention and expiry, in milliseconds. */
const CLEAN_EVERY = 10 * 60 * 1000;

export interface ReportsPartDependencies {
  readonly config: Config;
  readonly database: Database;
  readonly key: ServerKey;
  /** The dialogue is made after the reports, which it asks. */
  readonly dialogue: () => Dialogue;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export interface ReportsPart {
  readonly reports: Reports;
  readonly accounts: Accounts;
  readonly insights: Insights;
  start(): void;
  stop(): Promise<void>;
}

export function openReportsPart({
  config,
  database,
  key,
  dialogue,
  log,
  metrics,
}: ReportsPartDependencies): ReportsPart {
  const onError = (error: unknown) =>
    log.error({ err: describeError(error) }, 'the reports could not be stored or read');
  const notices = new Notices({
    database,
    senders: noticeSenders(config),
    now: Date.now,
    onEvent: (event) => {
      metrics.count('notices_total', { way: event.way, outcome: event.kind });
      if (event.kind === 'failed')
        log.warn({ way: event.way, code: event.code, attempts: event.attempts }, 'a notice to officers did not go out');
    },
    onError,
  });
  const reports = openReports({
    database,
    key,
    now: Date.now,
    escrow: config.reports.escrow as RecipientText | undefined,
    storageBytes: config.reports.storageBytes,
    keeping: config.reports,
    evidence: { inspect: inspectEvidence, limit: EVIDENCE_LIMIT },
    notice: notices.plan,
    tell: (channel, address, text) => dialogue().tell(channel, address, text),
    onError,
  });
  const accounts = new Accounts({
    database,
    key,
    now: Date.now,
    audit: (actor, event, detail) => noteAudit(database, Date.now(), { actor, event, detail }),
  });
  const insights = new Insights({
    database,
    now: Date.now,
    onError: (error) => log.error({ err: describeError(error) }, 'what was asked could not be counted'),
  });
  const clean = async () => {
    await reports.retention.run();
    await accounts.expire(Date.now());
    await insights.clean();
  };
  let cleaning: NodeJS.Timeout | undefined;
  return {
    reports,
    accounts,
    insights,
    start: () => {
      reports.start();
      notices.start();
      insights.start();
      void clean().catch(onError);
      cleaning = every(() => void clean().catch(onError), CLEAN_EVERY);
    },
    stop: async () => {
      clearInterval(cleaning);
      await Promise.all([reports.stop(), notices.stop(), insights.stop()]);
    },
  };
}

function noticeSenders({ telegram, reports }: Config): NoticeSender[] {
  const { telegramChat, mail } = reports.notices;
  const senders: NoticeSender[] = [];
  if (telegram !== undefined && telegramChat !== undefined)
    senders.push(telegramNotices({ apiRoot: telegram.apiRoot, token: telegram.token, chat: telegramChat }));
  if (mail !== undefined) senders.push(mailNotices(mail));
  return senders;
}
