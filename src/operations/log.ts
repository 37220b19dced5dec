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
      hooks: {
        // without a text of ours, pino takes the error's message as the text
        logMethod(args, method) {
          if (args.length === 1 && typeof args[0] === 'object') method.apply(this, [args[0], 'error']);
          else method.apply(this, args);
        },
      },
    },
    destination({ fd: 2, sync: true }),
  );
}

/** What the log says of an error. */
export interface ErrorDescription {
  readonly type: string;
  readonly code?: string | number;
  readonly at?: string;
}

const isDescription = (value: unknown): value is ErrorDescription =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).every((key) => ['type', 'code', 'at'].includes(key)) &&
  'type' in value;

/** An error as its kind and code only: messages of libraries quote tokens, addresses and texts. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return isDescription(error) ? error : { type: typeof error };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : undefined;
  const at = firstFrame(error);
  return { type: error.name, ...(code === undefined ? {} : { code }), ...(at === undefined ? {} : { at }) };
}

/** The place where it was thrown. A message may have several lines that look like places, so it is cut off before. */
function firstFrame({ stack = '', message }: Error): string | undefined {
  const frames =
    message !== '' && stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return frames
    .split('\n')
    .slice(1)
    .find((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
    ?.trim()
    .replace(/\(?file:\/\/[^)]*\/(?:src|node_modules)\//, '(');
}
