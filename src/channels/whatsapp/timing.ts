/** How long things take, in milliseconds. Tests shorten them. */
export interface Timing {
  /** First pause before connecting again; it doubles with each failure in a row. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** A connection that lasted this long was a good one: the next failure counts as the first. */
  readonly stable: number;
  /** How long a connection may take to be made. */
  readonly connectTimeout: number;
  /** WhatsApp answers a query within this time, or the query has failed. */
  readonly queryTimeout: number;
  /** One try to fetch a file that somebody has sent. */
  readonly fileTimeout: number;
  /** WhatsApp confirms a message within this time, or it is sent again under the same id. */
  readonly ackTimeout: number;
  /** Baileys' own pings. */
  readonly keepAlive: number;
  /** How often the watchdog looks. */
  readonly watch: number;
  /** Something was sent and nothing at all came for this long: the socket is dead. */
  readonly silence: number;
  /** No message, receipt or notification came for this long: connect anew, in case WhatsApp has forgotten us. */
  readonly idle: number;
  /** Pause after a message was refused for haste (429), as a multiple of the pace. */
  readonly hastePaces: number;
  /** First pause after storage failed; it doubles. */
  readonly storagePause: number;
  /** How long a stop waits, first for the message that is being sent, then for the rest; twice this is less than what the process is given. */
  readonly stopPatience: number;
}

export const TIMING: Timing = {
  firstPause: 1_000,
  longestPause: 5 * 60_000,
  stable: 60_000,
  connectTimeout: 20_000,
  queryTimeout: 30_000,
  fileTimeout: 60_000,
  ackTimeout: 10_000,
  keepAlive: 30_000,
  watch: 5_000,
  silence: 20_000,
  idle: 60 * 60_000,
  hastePaces: 30,
  storagePause: 500,
  stopPatience: 3_500,
};
