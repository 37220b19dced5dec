/** How long things take, in milliseconds (`pollTimeout` in seconds, as the Bot API counts). Tests shorten them. */
export interface Timing {
  /** Seconds that Telegram holds a getUpdates call open. */
  readonly pollTimeout: number;
  /** A call without an answer for this long is given up. */
  readonly callTimeout: number;
  /** The same for a whole file. */
  readonly fileTimeout: number;
  /** First pause after a failure; it doubles with each further one. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** Longest `retry_after` that a single call waits for; above it the update is tried again later. */
  readonly longestRetryAfter: number;
  /** Pause before polling again while updates are being handled; it doubles up to `slowestBreath` while nothing new comes. */
  readonly breath: number;
  readonly slowestBreath: number;
  /** A webhook request is answered within this time, handled or not. */
  readonly webhookPatience: number;
  /** An answer that takes longer than this is announced with "typing". */
  readonly typingAfter: number;
  /** How long a stop waits for what is being handled. */
  readonly stopPatience: number;
}

export const TIMING: Timing = {
  pollTimeout: 25,
  callTimeout: 15_000,
  fileTimeout: 60_000,
  firstPause: 500,
  longestPause: 30_000,
  longestRetryAfter: 60_000,
  breath: 40,
  slowestBreath: 400,
  webhookPatience: 20_000,
  typingAfter: 500,
  stopPatience: 7_000,
};
