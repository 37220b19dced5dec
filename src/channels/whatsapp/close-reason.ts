/** Why a connection ended, and what is to be done about it. */
import { describeError } from '../../operations/log.ts';

export type StopReason = 'logged-out' | 'banned' | 'refused-version' | 'replaced' | 'mismatch';

export type Ended =
  /** After pairing WhatsApp asks for a new connection. */
  | { readonly kind: 'restart'; readonly code: number }
  /** It may pass by itself. */
  | { readonly kind: 'lost'; readonly code: number | string }
  /** Trying again would only make it worse. */
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly code: number };

/** What the operator reads. Every one says what to do next. */
export const WHAT_NEXT: Readonly<Record<StopReason, string>> = {
  'logged-out':
    'WhatsApp has logged the bot out (removed under Linked devices on the phone, or the phone was offline for too long). Its keys are deleted. Restart the program and pair again.',
  banned:
    "WhatsApp refuses the account (banned or restricted). The bot does not try again. Open WhatsApp on the bot's phone, see what it says and ask for a review there; then restart the program, or pair another number.",
  'refused-version':
    'WhatsApp refuses the client version. Set WHATSAPP_VERSION to the current version of WhatsApp Web (three numbers, such as 2.3000.1043857760), or update the program; then restart it.',
  replaced:
    'Another program has connected with the same keys, so this one stays away. See to it that only one process uses this database; then restart this one.',
  mismatch:
    "WhatsApp says that the account cannot have linked devices. Update WhatsApp on the bot's phone, delete the linked device there, restart the program and pair again.",
};

const STOPS: Readonly<Record<number, StopReason>> = {
  401: 'logged-out',
  402: 'banned',
  403: 'banned',
  405: 'refused-version',
  406: 'banned',
  411: 'mismatch',
  440: 'replaced',
};
const RESTART_REQUIRED = 515;

/** Sorts the error that Baileys closed with. Only what WhatsApp itself said stops us: a proxy's 403 on the way there does not. */
export function whyEnded(error: unknown): Ended {
  const code = statusOf(error);
  if (code === undefined || (error instanceof Error && error.message.startsWith('WebSocket Error')))
    return { kind: 'lost', code: code ?? describeError(error).code ?? 'unknown' };
  if (code === RESTART_REQUIRED) return { kind: 'restart', code };
  const reason = STOPS[code];
  return reason === undefined ? { kind: 'lost', code } : { kind: 'stop', reason, code };
}

/** The status code of a Boom, Baileys' kind of error. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('output' in error)) return undefined;
  const { output } = error;
  if (typeof output !== 'object' || output === null || !('statusCode' in output)) return undefined;
  return typeof output.statusCode === 'number' ? output.statusCode : undefined;
}
