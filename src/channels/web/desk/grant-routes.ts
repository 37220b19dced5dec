/** Keys of existing cases for an officer who came later, made in the browser of one who can open them. */
import type { FastifyInstance } from 'fastify';
import type { StoredOffice } from '../../../reports/stored-office.ts';
import type { Granted, Grants } from './contract.ts';
import { accountOf, type Guard } from './guard.ts';
import { refuse } from './refuse.ts';
import * as shapes from './shapes.ts';

export type GrantOffice = Pick<StoredOffice, 'grantable' | 'grant'>;

/** Of a request, in bytes: 200 wrapped keys in base64url. */
const MOST = 1024 * 1024;

export function grantRoutes(server: FastifyInstance, office: GrantOffice, guard: Guard): void {
  const officer = { preHandler: guard.signedIn('officer'), bodyLimit: MOST };
  type Route = { Params: { officer: string } };

  server.get<Route>('/grants/:officer', officer, async (request, reply) => {
    const to = shapes.id.safeParse(request.params.officer);
    const found = to.success ? await office.grantable(accountOf(request).id, to.data) : undefined;
    if (found === undefined) return refuse(reply, 'not-found');
    return {
      recipient: found.recipient,
      cases: found.cases.map(({ id, wrapped }) => ({ id, wrapped: Buffer.from(wrapped).toString('base64url') })),
    } satisfies Grants;
  });

  server.post<Route>('/grants/:officer', officer, async (request, reply) => {
    const to = shapes.id.safeParse(request.params.officer);
    const asked = shapes.grantKeys.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const by = accountOf(request).id;
    const found = to.success ? await office.grantable(by, to.data) : undefined;
    if (found === undefined || !to.success) return refuse(reply, 'not-found');
    const may = new Set(found.cases.map(({ id }) => id));
    const refused: string[] = [];
    for (const { case: id, wrapped } of asked.data.keys)
      if (!may.has(id) || !(await office.grant(by, id, to.data, wrapped)).ok) refused.push(id);
    return { refused } satisfies Granted;
  });
}
