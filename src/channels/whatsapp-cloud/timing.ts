/** How long things take, in milliseconds. Tests shorten them. */
export interface Timing {
  /** A call without an answer for this long is given up. */
  readonly callTimeout: number;
  /** The same for a whole file. */
  readonly fileTimeout: number;
  /** First pause after a failure; it doubles with each further one. */
  readonly firstPause: number;
  readonly longestPause: number;
  /** The same after "too many messages to this person", of which Meta allows one every six seconds. */
  readonly firstPersonPause: number;
  /** Longest that a message waits where Meta says when to come again; above it the message is kept for later. */
  readonly longestRetryAfter: number;
  /** A call broke off: how long WhatsApp's report that the message was taken is waited for before it is sent again. */
  readonly doubt: number;
  /** The same after a restart, when the reports that Meta could not deliver come late. */
  readonly doubtAfterRestart: number;
  /** How long WhatsApp's report on a message to somebody who has not just written is waited for. */
  readonly reportPatience: number;
  /** An answer that takes longer than this is announced with "typing". */
  readonly typingAfter: number;
  /** How long an answer waits for "typing" to be said, lest it be shown after the answer. */
  readonly typingPatience: number;
  /** How often messages that could not be answered are tried again. */
  readonly sweep: number;
  /** How long a stop waits for what is being sent. */
  readonly stopPatience: number;
}

export const TIMING: Timing = {
  callTimeout: 15_000,
  fileTimeout: 60_000,
  firstPause: 1_000,
  longestPause: 30_000,
  firstPersonPause: 6_000,
  longestRetryAfter: 60_000,
  doubt: 5_000,
  doubtAfterRestart: 30_000,
  reportPatience: 10_000,
  typingAfter: 700,
  typingPatience: 1_000,
  sweep: 5 * 60_000,
  stopPatience: 7_000,
};
