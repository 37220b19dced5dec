/** Signing in and out, invitations, the passphrase, one-time codes. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { type Account, type Accounts, SESSION_IDLE } from '../../../accounts/accounts.ts';
import { networkOf } from '../network.ts';
import type { Invitation, Me, SaltResponse, Start, TotpSecret } from './contract.ts';
import { accountOf, clearSession, type Guard, sessionOf, setSession } from './guard.ts';
import { refuse } from './refuse.ts';
import * as shapes from './shapes.ts';

/** Tries of one address in ten minutes, over all logins; a whole office may sit behind one. Addresses are counted in memory only. */
const TRIES = 60;

export function accountRoutes(server: FastifyInstance, accounts: Accounts, guard: Guard): void {
  const tries = new RateLimiterMemory({ points: TRIES, duration: 600 });
  const slowly = async (request: FastifyRequest, reply: FastifyReply) => {
    const spent = await tries.consume(networkOf(request.ip)).catch((refused: { msBeforeNext: number }) => refused);
    return 'consumedPoints' in spent && spent.consumedPoints > TRIES
      ? refuse(reply, 'slow-down', spent.msBeforeNext)
      : undefined;
  };

  server.get('/start', async (): Promise<Start> => ({ empty: await accounts.empty(), idle: SESSION_IDLE / 3000 }));

  server.post('/salt', { preHandler: slowly }, async ({ body }, reply) => {
    const asked = shapes.saltRequest.safeParse(body);
    if (!asked.success) return refuse(reply, 'bad-request');
    return { salt: text(await accounts.salt(asked.data.login)) } satisfies SaltResponse;
  });

  server.post('/sign-in', { preHandler: slowly }, async (request, reply) => {
    const asked = shapes.signIn.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const { login, auth, totp } = asked.data;
    const result = await accounts.signIn(login, auth, totp);
    switch (result.kind) {
      case 'in':
        setSession(request, reply, result.session);
        return meOf(result.account);
      case 'totp':
        return { totp: true };
      case 'wrong':
        return refuse(reply, 'wrong');
      case 'locked':
        return refuse(reply, 'locked', result.wait);
      default:
        return result satisfies never;
    }
  });

  server.post('/invite', { preHandler: slowly }, async ({ body }, reply) => {
    const asked = shapes.tokenOnly.safeParse(body);
    const found = asked.success ? await accounts.invitation(asked.data.token) : undefined;
    return found === undefined ? refuse(reply, 'not-found') : (found satisfies Invitation);
  });

  server.post('/accept', { preHandler: slowly }, async (request, reply) => {
    const asked = shapes.accept.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const { token, ...given } = asked.data;
    const result = await accounts.accept(token, { ...given, unit: given.unit });
    if (result.kind === 'login-taken') return refuse(reply, 'taken');
    if (result.kind === 'used') return refuse(reply, 'not-found');
    setSession(request, reply, result.session);
    return meOf(result.account);
  });

  const mine = { preHandler: guard.signedIn() };
  server.get('/me', mine, async (request): Promise<Me> => meOf(accountOf(request)));

  server.post('/sign-out', mine, async (request, reply) => {
    await accounts.signOut(sessionOf(request) ?? '');
    clearSession(request, reply);
    return {};
  });

  server.post('/sign-out-everywhere', mine, async (request, reply) => {
    await accounts.signOutEverywhere(accountOf(request));
    clearSession(request, reply);
    return {};
  });

  server.post('/passphrase', { preHandler: [slowly, guard.signedIn()] }, async (request, reply) => {
    const asked = shapes.newPassphrase.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const changed = await accounts.changePassphrase(accountOf(request), sessionOf(request) ?? '', asked.data);
    return changed ? {} : refuse(reply, 'wrong');
  });

  server.post('/totp', { preHandler: [slowly, guard.signedIn()] }, async (request, reply) => {
    const asked = shapes.totpChange.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const account = accountOf(request);
    const change = asked.data;
    if (change.step === 'begin') return accounts.beginTotp(account) satisfies TotpSecret;
    const done =
      change.step === 'confirm'
        ? await accounts.confirmTotp(account, change.secret, change.code)
        : await accounts.removeTotp(account, change.code);
    return done ? {} : refuse(reply, 'wrong');
  });
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const meOf = ({ since: _since, retired: _retired, salt, wrapped, lastSignIn, ...account }: Account): Me => ({
  ...account,
  lastSignIn,
  salt: text(salt),
  wrapped: text(wrapped),
});
