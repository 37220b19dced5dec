import { codeOf } from './code-of.ts';

/** SQLSTATE of connections and of a server that stops, or the code of Node. */
const CODES = /^(?:08|57P0[1-3]|E(?:CONN|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH))/;
/** What the driver says without a code. */
const WORDS = /timeout|terminated/i;

/** True where the database was not reached, or was lost on the way: whatever was asked would have failed. */
export const isLost = (error: unknown): boolean =>
  CODES.test(codeOf(error)) || (error instanceof Error && WORDS.test(error.message));
