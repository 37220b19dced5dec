/** The audit chain, for the admin. It holds acts, never texts of reports. */
import type { FastifyInstance } from 'fastify';
import type { AuditEntry } from '../../../reports/office.ts';
import type { AuditPage } from './contract.ts';
import type { Guard } from './guard.ts';

/** Newest entries that are shown. */
const SHOWN = 500;

export interface AuditSource {
  entries(): AsyncIterable<AuditEntry>;
  verified(): Promise<boolean>;
}

export function auditRoutes(server: FastifyInstance, source: AuditSource, guard: Guard): void {
  server.get('/audit', { preHandler: guard.signedIn('admin') }, async (): Promise<AuditPage> => {
    const newest: AuditEntry[] = [];
    for await (const entry of source.entries()) {
      newest.push(entry);
      if (newest.length > SHOWN) newest.shift();
    }
    return { entries: newest.reverse(), verified: await source.verified() };
  });
}
