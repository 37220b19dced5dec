/** By when a report would have to be filed, from the rule base; the page counts the days of each case with them. */
import type { FastifyInstance } from 'fastify';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import { reportLimitsOf } from '../../../knowledge/report-limits.ts';
import type { Limit } from './contract.ts';
import type { Guard } from './guard.ts';

export function limitRoutes(server: FastifyInstance, knowledge: () => Knowledge, guard: Guard): void {
  server.get('/limits', { preHandler: guard.signedIn('officer') }, async (): Promise<readonly Limit[]> => {
    const { authorities, regulations } = knowledge();
    return reportLimitsOf(authorities.deadlines, regulations);
  });
}
