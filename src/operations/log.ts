/**
 * The log: one JSON line an event, on standard error. Message texts, addresses and secrets never get here: callers log codes and counts, and what
 * slips in under a telling name is replaced.
 */
import { destination, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

const REDACTED = [
  'token',
  'secret',
  'text',
  'chat',
  'from',
  'phone',
  'payload',
  'response',
  'request',
  'on',
  'headers.authorization',
  'headers.cookie',
];

export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: { paths: [...REDACTED, ...REDACTED.map((path) => `*.${path}`)], censor: '[redacted]' },
      serializers: { err: describeError },
    },
    destination({ fd: 2, sync: true }),
  );
}

/** An error as its kind and code only: messages of libraries quote tokens, addresses and texts. */
export function describeError(error: unknown): { type: string; code?: string | number; at?: string } {
  if (!(error instanceof Error)) return { type: typeof error };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  const at = error.stack
    ?.split('\n')
    .find((line) => line.trim().startsWith('at '))
    ?.trim()
    .replace(/\(?file:\/\/[^)]*\/(?:src|node_modules)\//, '(');
  return { type: error.name, ...(code === undefined ? {} : { code }), ...(at === undefined ? {} : { at }) };
}
