/**
 * Cases for officers, sealed. Whoever has no key of a case is told that there is none: not even that another unit has one. What may be
 * done is decided by the office; here it is only read and answered.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Keeping } from '../../../reports/keeping.ts';
import type { Changed } from '../../../reports/office.ts';
import type { StoredOffice } from '../../../reports/stored-office.ts';
import { caseDetail, caseList, caseTexts } from './case-shapes.ts';
import { UNDO_SECONDS } from './contract.ts';
import { accountOf, type Guard } from './guard.ts';
import { refuse } from './refuse.ts';
import * as shapes from './shapes.ts';
import { TEMPLATES } from './templates.ts';

export type CaseOffice = Pick<
  StoredOffice,
  | 'list'
  | 'texts'
  | 'readOpenable'
  | 'entry'
  | 'canOpen'
  | 'write'
  | 'answerQuestion'
  | 'undo'
  | 'setStatus'
  | 'hold'
  | 'release'
  | 'exported'
  | 'merge'
  | 'transfer'
  | 'exclude'
>;

const UNDO = UNDO_SECONDS * 1000;

export function caseRoutes(server: FastifyInstance, office: CaseOffice, guard: Guard, keeping: Keeping): void {
  const officer = { preHandler: guard.signedIn('officer') };
  readRoutes(server, office, guard, keeping);
  server.get('/templates', officer, async () => TEMPLATES);

  /** A change of one case: the body in this shape, and what is done with it. */
  const change = <T>(
    path: string,
    shape: z.ZodType<T>,
    act: (asked: T, officer: string, id: string) => Promise<Changed>,
  ) =>
    server.post<{ Params: { id: string } }>(`/cases/:id/${path}`, officer, async (request, reply) => {
      const id = shapes.id.safeParse(request.params.id);
      if (!id.success) return refuse(reply, 'not-found');
      const asked = shape.safeParse(request.body);
      if (!asked.success) return refuse(reply, 'bad-request');
      return answer(reply, await act(asked.data, accountOf(request).id, id.data));
    });

  change('write', shapes.write, ({ version, entry, answer: text }, who, id) =>
    text === undefined
      ? office.write(who, id, version, entry, UNDO)
      : office.answerQuestion(who, id, version, text, entry, UNDO),
  );
  change('undo', shapes.undo, ({ entry }, who, id) => office.undo(who, id, entry));
  change('status', shapes.statusChange, ({ version, status, reason }, who, id) =>
    office.setStatus(who, id, version, status, reason),
  );
  // at the terminal also those without a key may want a case kept; there are no units there
  const withKey = async (who: string, id: string, act: () => Promise<Changed>): Promise<Changed> =>
    (await office.canOpen(who, id)) ? act() : { ok: false, why: 'unknown' };
  change('hold', shapes.reasonOnly, ({ reason }, who, id) => withKey(who, id, () => office.hold(who, id, reason)));
  change('release', shapes.release, ({ reason }, who, id) => withKey(who, id, () => office.release(who, id, reason)));
  change('exported', shapes.exported, ({ format, reason }, who, id) =>
    office.exported(who, id, `${format}: ${reason}`),
  );
  change('merge', shapes.merge, ({ version, into }, who, id) => office.merge(who, id, version, into ?? undefined));
  change('transfer', shapes.transfer, ({ version, ...transfer }, who, id) =>
    office.transfer(who, id, version, transfer),
  );
  change('exclude', shapes.exclude, ({ version, ...exclusion }, who, id) =>
    office.exclude(who, id, version, exclusion),
  );
}

function readRoutes(server: FastifyInstance, office: CaseOffice, guard: Guard, keeping: Keeping): void {
  const officer = { preHandler: guard.signedIn('officer') };
  server.get('/cases', officer, async (request, reply) => {
    const asked = shapes.caseList.safeParse(request.query);
    if (!asked.success) return refuse(reply, 'bad-request');
    const { since, texts } = asked.data;
    const listing = await office.list(accountOf(request).id, { since, texts: texts !== 'no' });
    return caseList(listing, since !== undefined, keeping);
  });

  server.post('/cases/texts', officer, async (request, reply) => {
    const asked = shapes.caseTexts.safeParse(request.body);
    if (!asked.success) return refuse(reply, 'bad-request');
    return caseTexts(await office.texts(accountOf(request).id, asked.data.ids));
  });

  server.get<{ Params: { id: string } }>('/cases/:id', officer, async (request, reply) => {
    const id = shapes.id.safeParse(request.params.id);
    const record = id.success ? await office.readOpenable(accountOf(request).id, id.data) : undefined;
    return record === undefined ? refuse(reply, 'not-found') : caseDetail(record, keeping);
  });

  server.get('/cases/:id/entries/:entry', officer, async (request, reply) => {
    const sealed = await entryOf(office, request as FastifyRequest<{ Params: { id: string; entry: string } }>);
    if (sealed === undefined) return refuse(reply, 'not-found');
    return reply.type('application/octet-stream').send(Buffer.from(sealed));
  });
}

async function entryOf(
  office: CaseOffice,
  request: FastifyRequest<{ Params: { id: string; entry: string } }>,
): Promise<Uint8Array | undefined> {
  const id = shapes.id.safeParse(request.params.id);
  const entry = shapes.id.safeParse(request.params.entry);
  return id.success && entry.success ? office.entry(accountOf(request).id, id.data, entry.data) : undefined;
}

function answer(reply: FastifyReply, changed: Changed) {
  if (changed.ok) return { version: changed.version };
  switch (changed.why) {
    case 'stale':
      return refuse(reply, 'stale');
    case 'wrong-state':
      return refuse(reply, 'state');
    // the officer has no key: as if there were no such case
    case 'forbidden':
    case 'unknown':
      return refuse(reply, 'not-found');
    default:
      return changed.why satisfies never;
  }
}
