/**
 * libsignal prints sessions with their private keys through `console`, whatever the log level. This keeps its lines off the console; it has to be in place
 * before libsignal is loaded, which is why {@link loadBaileys} is the only way to Baileys.
 */

/** How libsignal's lines begin. */
const SPOKEN = [
  'Closing session',
  'Opening session',
  'Removing old closed session',
  'Session already',
  'Migrating session',
  'Closing open session',
  'Closing stale open session',
  'Decrypted message with closed',
  'Session error',
  'Failed to decrypt',
  'V1 session storage migration',
  'WARNING: Expected pubkey',
  'Unhandled bucket type',
  'Invalid base key',
];

const QUIET = Symbol.for('tanya-netral/quiet');

/** Filters a console, once. Everything that is not libsignal's passes unchanged. */
export function quieten(target: Console & { [QUIET]?: true } = console): void {
  if (target[QUIET]) return;
  target[QUIET] = true;
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
    const speak = target[method].bind(target);
    target[method] = (...words: unknown[]) => {
      const first = words[0];
      if (typeof first === 'string' && SPOKEN.some((beginning) => first.startsWith(beginning))) return;
      speak(...words);
    };
  }
}
