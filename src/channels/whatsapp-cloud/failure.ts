/** What can go wrong with a call to the Graph API, and so what is to be done about it. */

export type Failure =
  /** A hiccup, or too fast: try again, after `retryAfter` milliseconds where Meta said so. `limit` says whom the haste concerns. */
  | { readonly kind: 'transient'; readonly retryAfter: number | undefined; readonly limit: Limit }
  /** The connection broke when Meta may have taken the message already. */
  | { readonly kind: 'in-doubt' }
  /** Nobody can be reached there, or not any more: blocked, no WhatsApp. */
  | { readonly kind: 'gone' }
  /** The person has not written for 24 hours: nothing may be said to them until they do. */
  | { readonly kind: 'closed' }
  /** The token is wrong or has expired. */
  | { readonly kind: 'unauthorised' }
  /** The account may not send: a permission, a payment or a policy. Only the operator can help, at Meta. */
  | { readonly kind: 'blocked' }
  /** Meta refuses this very message; the same message will be refused again. */
  | { readonly kind: 'refused' }
  /** Not Meta's doing: storage, or a bug of ours. */
  | { readonly kind: 'internal' };

/** Nobody's limit, that of our number, or that of our number towards one person. */
export type Limit = 'none' | 'number' | 'person';

/** Graph said no. Its message quotes numbers and texts, so only the codes are kept. */
export class GraphError extends Error {
  readonly status: number;
  /** Meta's own code; undefined where the answer was not one of Graph's. */
  readonly code: number | undefined;
  /** Milliseconds. */
  readonly retryAfter: number | undefined;
  constructor(status: number, code: number | undefined, retryAfter: number | undefined) {
    super(`the Graph API said no (${status}, code ${code ?? 'none'})`);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** There was no answer, or none that can be read. */
export class NoAnswer extends Error {
  /** False where nothing can have arrived. */
  readonly arrived: boolean;
  readonly code: string | undefined;
  constructor(arrived: boolean, code: string | undefined) {
    super('the Graph API gave no answer');
    this.name = 'NoAnswer';
    this.arrived = arrived;
    this.code = code;
  }
}

const NUMBER_LIMITS = [4, 17, 613, 80007, 130429, 131048];
const PERSON_LIMIT = 131056;
const HICCUPS = [1, 2, 131000, 131016, 131057, 133004];
const GONE = [131021, 131026, 131030, 131049, 131050, 130472];
const CLOSED = 131047;
const BLOCKED = [3, 10, 368, 131005, 131031, 131042, 131045, 133010];
const UNAUTHORISED = 190;
/** Every code that has a meaning here: the labels of metrics. */
const KNOWN = [
  ...NUMBER_LIMITS,
  PERSON_LIMIT,
  ...HICCUPS,
  ...GONE,
  CLOSED,
  ...BLOCKED,
  UNAUTHORISED,
  100,
  131008,
  131009,
  131051,
];

/** Sorts an error by what is to be done about it. */
export function classify(error: unknown): Failure {
  if (error instanceof NoAnswer)
    return error.arrived ? { kind: 'in-doubt' } : { kind: 'transient', retryAfter: undefined, limit: 'none' };
  if (!(error instanceof GraphError)) return { kind: 'internal' };
  const { status, code = -1, retryAfter } = error;
  if (code === UNAUTHORISED || status === 401) return { kind: 'unauthorised' };
  if (code === PERSON_LIMIT) return { kind: 'transient', retryAfter, limit: 'person' };
  if (NUMBER_LIMITS.includes(code) || status === 429) return { kind: 'transient', retryAfter, limit: 'number' };
  if (GONE.includes(code)) return { kind: 'gone' };
  if (code === CLOSED) return { kind: 'closed' };
  if (BLOCKED.includes(code) || (code >= 200 && code <= 299)) return { kind: 'blocked' };
  // without a code it is a gateway that speaks, and what is behind it may have taken the message
  if (status >= 500 && code === -1 && status !== 503) return { kind: 'in-doubt' };
  if (status >= 500 || status === 408 || HICCUPS.includes(code))
    return { kind: 'transient', retryAfter, limit: 'none' };
  return { kind: 'refused' };
}

/** What follows from the codes of WhatsApp's report on a message that it had taken; undefined where there are none. */
export function whyUndelivered(codes: readonly number[]): 'gone' | 'for-now' | undefined {
  if (codes.length === 0) return undefined;
  return codes.some((code) => GONE.includes(code)) ? 'gone' : 'for-now';
}

/** A code as one of a fixed list of words, for metrics and the log. */
export const codeLabel = (code: number | undefined): string =>
  code !== undefined && KNOWN.includes(code) ? String(code) : 'other';

/** The failure as one of a few fixed words, for metrics and the log. */
export function failureLabel(error: unknown): string {
  if (error instanceof GraphError) return error.code === undefined ? `http-${error.status}` : codeLabel(error.code);
  return error instanceof NoAnswer ? 'network' : 'internal';
}
