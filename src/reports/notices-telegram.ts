import { codeOf } from '../store/code-of.ts';
import { NoticeError, type NoticeSender } from './notices.ts';

const PATIENCE = 20_000;

export interface TelegramNoticeOptions {
  readonly apiRoot: string;
  readonly token: string;
  readonly chat: string;
}

/** Into the officers' group, through the Bot API. The token stands in the URL: no error of `fetch` is passed on. */
export const telegramNotices = ({ apiRoot, token, chat }: TelegramNoticeOptions): NoticeSender => ({
  id: 'telegram',
  async send(text) {
    const answer = await call(`${apiRoot.replace(/\/+$/, '')}/bot${token}/sendMessage`, { chat_id: chat, text });
    if (isDelivered(answer)) return 'sent';
    throw new NoticeError(refusalOf(answer));
  },
});

async function call(url: string, payload: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await response.json();
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    throw new NoticeError(codeOf(cause));
  }
}

/** Taken only where Telegram says under which number the message stands. */
function isDelivered(answer: unknown): boolean {
  if (!isRecord(answer) || answer.ok !== true || !isRecord(answer.result)) return false;
  return typeof answer.result.message_id === 'number';
}

/** Telegram's number for what is wrong; its words may quote the chat. */
function refusalOf(answer: unknown): string {
  if (!isRecord(answer)) return 'no-answer';
  if (isRecord(answer.parameters) && answer.parameters.migrate_to_chat_id !== undefined) return 'group-has-a-new-id';
  return typeof answer.error_code === 'number' ? `telegram-${answer.error_code}` : 'no-answer';
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
