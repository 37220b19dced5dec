/** The officers' desk: its page under `/desk`, and what it asks under `/desk/api`. */
import cookie from '@fastify/cookie';
import type { FastifyError, FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Accounts } from '../../../accounts/accounts.ts';
import type { Insights } from '../../../insights/insights.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Pages } from '../../../operations/pages.ts';
import type { Keeping } from '../../../reports/keeping.ts';
import { accountRoutes } from './account-routes.ts';
import { type AuditSource, auditRoutes } from './audit-routes.ts';
import { type CaseOffice, caseRoutes } from './case-routes.ts';
import { type GrantOffice, grantRoutes } from './grant-routes.ts';
import { Guard, sameOrigin } from './guard.ts';
import { insightRoutes } from './insight-routes.ts';
import { limitRoutes } from './limit-routes.ts';
import { refuse } from './refuse.ts';
import { teamRoutes } from './team-routes.ts';

export interface DeskDependencies {
  readonly accounts: Accounts;
  readonly audit: AuditSource;
  readonly office: CaseOffice & GrantOffice;
  /** How long cases are kept, which officers are shown. */
  readonly keeping: Keeping;
  readonly insights: Insights;
  /** The rule base as it is answered with now. */
  readonly knowledge: () => Knowledge;
  readonly pages: Pages;
  /** Address of this server as people reach it, without a slash at the end. */
  readonly root: () => string;
}

/** As every page of this server has it, and pictures that were opened in the page (`blob:`). */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // the one that loads the page's own worker
  'trusted-types pages',
].join('; ');

/** Adds the desk's routes. Before `listen`. */
export async function registerDesk(
  server: FastifyInstance,
  { accounts, audit, office, keeping, insights, knowledge, pages, root }: DeskDependencies,
): Promise<void> {
  server.get('/desk', async (_request, reply) => {
    const page = pages.html('desk');
    reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('content-security-policy', POLICY);
    return page === undefined ? reply.status(503).send(NOT_BUILT) : reply.send(page);
  });
  server.get('/desk/', async (_request, reply) => reply.redirect('../desk', 308));
  const api: FastifyPluginAsync = async (scope) => {
    await scope.register(cookie);
    scope.decorateRequest('account', undefined);
    scope.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    scope.addHook('onRequest', sameOrigin);
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      // what is ours is told and logged by the server
      if ((error.statusCode ?? 500) >= 500) throw error;
      return refuse(reply, 'bad-request');
    });
    const guard = new Guard(accounts);
    accountRoutes(scope, accounts, guard);
    teamRoutes(scope, accounts, guard, root);
    auditRoutes(scope, audit, guard);
    caseRoutes(scope, office, guard, keeping);
    grantRoutes(scope, office, guard);
    insightRoutes(scope, insights, knowledge, guard);
    limitRoutes(scope, knowledge, guard);
  };
  await server.register(api, { prefix: '/desk/api' });
}

const NOT_BUILT =
  '<!doctype html><html lang="id"><meta charset="utf-8"><title>Meja petugas</title><p>Halaman ini belum siap. Pengelola: jalankan <code>npm run build</code>.';
