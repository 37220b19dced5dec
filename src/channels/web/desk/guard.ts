/** Who asks: the session behind the cookie, and that the request comes from our own page. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Account, Accounts, Role, Token } from '../../../accounts/accounts.ts';
import { refuse } from './refuse.ts';

const COOKIE = 'desk';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route behind {@link Guard}. */
    account: Account | undefined;
  }
}

export class Guard {
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** For routes of these roles; without roles for everybody who is signed in. */
  readonly signedIn =
    (...roles: readonly Role[]) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
      const token = sessionOf(request);
      const account = token === undefined ? undefined : await this.#accounts.session(token);
      if (account === undefined) return refuse(reply, 'no-session');
      if (roles.length > 0 && !roles.includes(account.role)) return refuse(reply, 'forbidden');
      request.account = account;
      return undefined;
    };
}

/** The account of a request that a guard has let through. */
export function accountOf(request: FastifyRequest): Account {
  if (request.account === undefined) throw new Error('a desk route without its guard');
  return request.account;
}

export const sessionOf = (request: FastifyRequest): string | undefined => request.cookies[COOKIE];

/** Read by no script, sent to no other site, and only below /desk. */
export function setSession(request: FastifyRequest, reply: FastifyReply, session: Token): void {
  reply.setCookie(COOKIE, session, { ...attributes(request) });
}

export function clearSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(COOKIE, attributes(request));
}

const attributes = (request: FastifyRequest) =>
  ({
    path: '/desk',
    httpOnly: true,
    sameSite: 'strict',
    // plain http is for a trial on this machine only
    secure: request.protocol === 'https' || !isLocal(request.hostname),
  }) as const;

const isLocal = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]', '::1'].includes(hostname);

/**
 * Refuses changing requests of other sites' pages: they cannot set this header without being asked for permission, which we never
 * give. The cookie is SameSite=Strict besides. Also reading leaves a trace, and a neighbour under the same domain would bring the cookie
 * along: what a browser says comes from another page is refused, too.
 */
export async function sameOrigin(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { origin, 'x-desk': mark, 'sec-fetch-site': site } = request.headers;
  if (request.method === 'GET')
    return site === 'cross-site' || site === 'same-site' ? refuse(reply, 'forbidden') : undefined;
  const foreign =
    (site !== undefined && site !== 'same-origin') || (origin !== undefined && !sameHost(origin, request));
  return mark !== '1' || foreign ? refuse(reply, 'forbidden') : undefined;
}

function sameHost(origin: string, request: FastifyRequest): boolean {
  try {
    return new URL(origin).host === request.host;
  } catch {
    return false;
  }
}
