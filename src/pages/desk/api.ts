/** The desk's requests: to this server only. */
import type {
  Accept,
  AuditPage,
  CaseDetail,
  CaseList,
  CaseTexts,
  Changed,
  Exported,
  Failure,
  Granted,
  Grants,
  Insights,
  Invitation,
  Limit,
  Me,
  NewInvite,
  NewPassphrase,
  RuleList,
  RulePlace,
  SaltResponse,
  SignIn,
  Start,
  StatusChange,
  Team,
  Template,
  TopicPlace,
  TotpChange,
  TotpSecret,
  Transfer,
  UnitChange,
  UnknownList,
  Write,
} from '../../channels/web/desk/contract.ts';

/** `network`: no answer came. Otherwise the server's own word. */
export class DeskError extends Error {
  override name = 'DeskError';
  readonly why: Failure['why'] | 'network';
  /** Seconds to wait, where the server names them. */
  readonly wait: number | undefined;
  constructor(why: Failure['why'] | 'network', message: string, wait?: number) {
    super(message);
    this.why = why;
    this.wait = wait;
  }
}

// built pages lie in `assets/`; the server may stand behind a path
const here = import.meta.url;
const root = new URL('../desk/api/', here);

const request = async <T>(path: string, body?: unknown): Promise<T> =>
  (await ask(path, body, (response) => response.json())) as T;

const bytes = (path: string): Promise<Uint8Array> =>
  ask(path, undefined, async (response) => new Uint8Array(await response.arrayBuffer()));

async function ask<T>(path: string, body: unknown, read: (response: Response) => Promise<T>): Promise<T> {
  let response: Response;
  let said: unknown;
  try {
    response = await fetch(new URL(path, root), {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: body === undefined ? {} : { 'content-type': 'application/json', 'x-desk': '1' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return await read(response);
    said = await response.json();
  } catch {
    throw new DeskError('network', 'Server belum terjangkau. Periksa sambungan, lalu coba lagi.');
  }
  const { error, why } = said as Partial<Failure>;
  const wait = Number(response.headers.get('retry-after')) || undefined;
  const failure = new DeskError(why ?? 'failed', error ?? 'Ada gangguan di server.', wait);
  if (failure.why === 'no-session') onSessionLost?.();
  throw failure;
}

let onSessionLost: (() => void) | undefined;
/** Told when the server knows the session no more. */
export const whenSessionIsLost = (then: () => void): void => {
  onSessionLost = then;
};

const caseRoute = (id: string, what: string): string => `cases/${encodeURIComponent(id)}/${what}`;

export const api = {
  start: () => request<Start>('start'),
  salt: (login: string) => request<SaltResponse>('salt', { login }),
  signIn: (given: SignIn) => request<Me | { readonly totp: true }>('sign-in', given),
  invitation: (token: string) => request<Invitation>('invite', { token }),
  accept: (given: Accept) => request<Me>('accept', given),
  me: () => request<Me>('me'),
  signOut: () => request<object>('sign-out', {}),
  signOutEverywhere: () => request<object>('sign-out-everywhere', {}),
  passphrase: (given: NewPassphrase) => request<object>('passphrase', given),
  totp: (change: TotpChange) => request<Partial<TotpSecret>>('totp', change),

  team: () => request<Team>('team'),
  invite: (given: NewInvite) => request<{ readonly link: string }>('team/invite', given),
  revoke: (invite: string) => request<object>('team/revoke', { invite }),
  retire: (id: string) => request<object>('team/retire', { id }),
  setUnit: (change: UnitChange) => request<object>('team/unit', change),
  unit: (change: UnitChange) => request<object>('team/unit', change),

  /** Without what stands in them: {@link caseTexts} gives that. */
  cases: (since?: string) =>
    request<CaseList>(since === undefined ? 'cases?texts=no' : `cases?texts=no&since=${encodeURIComponent(since)}`),
  caseTexts: (ids: readonly string[]) => request<CaseTexts>('cases/texts', { ids }),
  caseDetail: (id: string) => request<CaseDetail>(`cases/${encodeURIComponent(id)}`),
  write: (id: string, given: Write) => request<Changed>(caseRoute(id, 'write'), given),
  undo: (id: string, entry: string) => request<Changed>(caseRoute(id, 'undo'), { entry }),
  status: (id: string, change: StatusChange) => request<Changed>(caseRoute(id, 'status'), change),
  hold: (id: string, reason: string) => request<Changed>(caseRoute(id, 'hold'), { reason }),
  release: (id: string) => request<Changed>(caseRoute(id, 'release'), { reason: '' }),
  merge: (id: string, version: number, into: string | null) =>
    request<Changed>(caseRoute(id, 'merge'), { version, into }),
  transfer: (id: string, given: Transfer) => request<Changed>(caseRoute(id, 'transfer'), given),
  exclude: (id: string, version: number, unit: string, reason: string) =>
    request<Changed>(caseRoute(id, 'exclude'), { version, unit, reason }),
  exported: (id: string, format: Exported['format'], reason: string) =>
    request<Changed>(caseRoute(id, 'exported'), { format, reason }),
  grants: (officer: string) => request<Grants>(`grants/${encodeURIComponent(officer)}`),
  grant: (officer: string, granted: ReadonlyArray<{ readonly case: string; readonly wrapped: string }>) =>
    request<Granted>(`grants/${encodeURIComponent(officer)}`, { keys: granted }),
  /** A large entry, still sealed. */
  entry: (id: string, entry: string) => bytes(caseRoute(id, `entries/${encodeURIComponent(entry)}`)),
  limits: () => request<readonly Limit[]>('limits'),
  templates: () => request<readonly Template[]>('templates'),

  unknown: (after?: string) => request<UnknownList>(after === undefined ? 'unknown' : `unknown?after=${after}`),
  unknownDone: (ids: readonly string[]) => request<object>('unknown/done', { ids }),
  rules: () => request<RuleList>('rules'),
  rulePlace: (id: string) => request<RulePlace>(`rules/${encodeURIComponent(id)}/place`),
  topicPlace: (id: string) => request<TopicPlace>(`topics/${encodeURIComponent(id)}/place`),
  insights: (from: string, until: string) => request<Insights>(`insights?from=${from}&until=${until}`),
  audit: () => request<AuditPage>('audit'),
};
