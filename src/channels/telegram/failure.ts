import { TelegramError } from 'telegraf';

/** Why a call to the Bot API, or the handling of an update, did not work, and so what is to be done about it. */
export type Failure =
  /** The network or Telegram had a hiccup: try again, after `retryAfter` milliseconds where Telegram said so. */
  | { readonly kind: 'transient'; readonly retryAfter: number | undefined }
  /** The person blocked the bot, or the chat is gone: there is nobody to answer. */
  | { readonly kind: 'gone' }
  /** The token is wrong or was revoked. */
  | { readonly kind: 'unauthorised' }
  /** Telegram refuses this very request; the same request will be refused again. */
  | { readonly kind: 'refused' }
  /** Not Telegram's doing: storage, or a bug of ours. */
  | { readonly kind: 'internal' };

/** What 400 says where nobody can be reached any more. Telegram has no codes for these, only English sentences. */
const GONE =
  /chat not found|user is deactivated|user not found|peer_id_invalid|chat_write_forbidden|not enough rights|have no rights to send|need administrator rights|chat was upgraded|chat_restricted|topic_closed|topic_deleted|message thread not found|input_user_deactivated/i;

/** Sorts an error by what is to be done about it. */
export function classify(error: unknown): Failure {
  if (error instanceof TelegramError) return classifyAnswer(error);
  // FetchError: refused, reset, not found, malformed JSON. AbortError: our own deadline.
  if (error instanceof Error && (error.name === 'FetchError' || error.name === 'AbortError'))
    return { kind: 'transient', retryAfter: undefined };
  if (error instanceof MalformedAnswer) return { kind: 'transient', retryAfter: undefined };
  return { kind: 'internal' };
}

function classifyAnswer(error: TelegramError): Failure {
  const { code, description, parameters } = error;
  if (code === 429) {
    const seconds = Number(parameters?.retry_after);
    return { kind: 'transient', retryAfter: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000 };
  }
  if (code === 401) return { kind: 'unauthorised' };
  if (code === 403) return { kind: 'gone' };
  if (code === 400 && GONE.test(String(description))) return { kind: 'gone' };
  // 409 is another poller, or a webhook being replaced: it passes. A missing code is a broken answer.
  if (code === 409 || code === 408 || typeof code !== 'number' || code >= 500)
    return { kind: 'transient', retryAfter: undefined };
  return { kind: 'refused' };
}

/** True where the Bot API does not hand a file over because of its size: from 20 MB on, a server of one's own none. */
export const isTooBig = (error: unknown): boolean =>
  error instanceof TelegramError && error.code === 400 && /file is too big/i.test(String(error.description));

/** An answer with the HTTP status of success that is not what the Bot API promises. */
export class MalformedAnswer extends Error {
  constructor() {
    super('the Bot API gave an answer of the wrong shape');
    this.name = 'MalformedAnswer';
  }
}

/** The failure as one of a few fixed words, for metrics. */
export function failureLabel(error: unknown): string {
  if (!(error instanceof TelegramError)) return classify(error).kind === 'internal' ? 'internal' : 'network';
  const { code } = error;
  if (code === 401 || code === 403 || code === 409 || code === 429) return String(code);
  return typeof code === 'number' && code >= 400 && code < 500 ? '4xx' : '5xx';
}
