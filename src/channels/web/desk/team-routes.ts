/** Who works here, invitations, units: changes are the admin's. */
import type { FastifyInstance } from 'fastify';
import type { Accounts } from '../../../accounts/accounts.ts';
import type { Team } from './contract.ts';
import { accountOf, type Guard } from './guard.ts';
import { refuse, refuseBecause } from './refuse.ts';
import * as shapes from './shapes.ts';

/** Where the page reads the token: the fragment of an address is never sent to a server or kept in its log. */
export const inviteLink = (root: string, token: string): string => `${root}/desk#undangan=${token}`;

/** @param root address of this server as people reach it, without a slash at the end */
export function teamRoutes(server: FastifyInstance, accounts: Accounts, guard: Guard, root: () => string): void {
  server.get('/team', { preHandler: guard.signedIn() }, async (request): Promise<Team> => {
    const members = await accounts.team();
    return {
      members: members.map(({ id, name, unit, since, retired, role, recipient }) => ({
        id,
        name,
        unit,
        since,
        retired,
        role,
        recipient,
      })),
      units: await accounts.units(),
      invites: accountOf(request).role === 'admin' ? await accounts.invitations() : [],
    };
  });

  const admin = { preHandler: guard.signedIn('admin') };
  server.post('/team/invite', admin, async (request, reply) => {
    const asked = shapes.newInvite.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const token = await accounts.invite(accountOf(request), asked.data.role, asked.data.unit);
    return { link: inviteLink(root(), token) };
  });

  server.post('/team/revoke', admin, async (request, reply) => {
    const asked = shapes.inviteOnly.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    return (await accounts.revoke(accountOf(request), asked.data.invite)) ? {} : refuse(reply, 'not-found');
  });

  server.post('/team/retire', admin, async (request, reply) => {
    const asked = shapes.idOnly.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    const outcome = await accounts.retire(accountOf(request), asked.data.id);
    switch (outcome.kind) {
      case 'retired':
        return {};
      case 'unknown':
        return refuse(reply, 'not-found');
      case 'last-admin':
        return refuseBecause(reply, 'state', 'Ini satu-satunya admin. Undang admin lain dulu.');
      case 'last-reader':
        return refuseBecause(reply, 'last-reader', lastReader(outcome));
      default:
        return outcome satisfies never;
    }
  });

  server.post('/team/unit', admin, async (request, reply) => {
    const asked = shapes.unitChange.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    await accounts.setUnit(accountOf(request), asked.data.name, asked.data.regions);
    return {};
  });
}

const lastReader = ({ name, cases }: { readonly name: string; readonly cases: number }): string =>
  `${name} masih satu-satunya yang bisa membaca ${cases} kasus. Minta ${name} membagikan kasus dulu: di halaman Tim, tombol "Beri akses kasus lama" di baris rekannya.`;
