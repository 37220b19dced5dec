/** libsignal prints sessions, private keys included, through the console. Nobody wants that in a test report. */

const CHATTER =
  /^(Closing session|Opening session|Removing old closed session|Session already|Migrating session|Closing open session|Closing stale open session|Decrypted message with closed|Session error|Failed to decrypt)/;
const LEVELS = ['log', 'info', 'warn', 'error'] as const;

/** Drops libsignal's lines until the returned function is called. */
export function quietLibsignal(): () => void {
  const originals = LEVELS.map((level) => [level, console[level]] as const);
  const filters = originals.map(([level, original]) => {
    const filter = (...values: unknown[]) => {
      if (typeof values[0] !== 'string' || !CHATTER.test(values[0])) original.apply(console, values);
    };
    console[level] = filter;
    return [level, original, filter] as const;
  });
  return () => {
    for (const [level, original, filter] of filters) if (console[level] === filter) console[level] = original;
  };
}
