/** The web door: the page that seals tips in the browser, and what it asks. The server sees ciphertext only. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Regions } from '../../../conversation/regions.ts';
import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Pages } from '../../../operations/pages.ts';
import type { WebIntake } from '../../../reports/web-intake.ts';
import { chatAddress, type ServerKey } from '../../../store/keys.ts';
import { Challenges } from './challenges.ts';
import { type Keys, MOST_BODY, type SealedAnswers, WORK_HEADER, type Work } from './contract.ts';
import { notBuilt, withChannels } from './html.ts';
import { rateLimits, Uploads } from './limits.ts';
import { readCase, readLookUp } from './read.ts';
import { refuse } from './refuse.ts';
import { packedRegions } from './region-list.ts';

export interface DoorDependencies {
  readonly intake: Pick<WebIntake, 'readers' | 'submitSealed' | 'lookSealed'>;
  readonly regions: Regions;
  /** For the formal channels. */
  readonly knowledge: () => Knowledge;
  readonly pages: Pages;
  /** Signs the challenges. */
  readonly key: ServerKey;
}

/** The page's addresses, and the way from there to the server's root: it may stand behind a path of a reverse proxy. */
const ADDRESSES = [
  ['/lapor', './'],
  ['/lapor/cek', '../'],
] as const;

/** Adds the door's routes. Before `listen`. */
export function registerDoor(server: FastifyInstance, deps: DoorDependencies): void {
  void server.register((scope, _options, done) => {
    scope.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      // what is ours is told and logged by the server
      if ((error.statusCode ?? 500) >= 500) throw error;
      return refuse(reply, 'shape');
    });
    pageRoutes(scope, deps);
    const allows = rateLimits();
    tipRoutes(scope, deps, allows);
    receiptRoutes(scope, deps, allows);
    done();
  });
}

/** Whether an address may do something so often. */
type Allows = ReturnType<typeof rateLimits>;

function pageRoutes(server: FastifyInstance, { pages, knowledge, regions, intake }: DoorDependencies): void {
  for (const [path, root] of ADDRESSES)
    server.get(path, async (_request, reply) => {
      reply.type('text/html; charset=utf-8');
      const page = pages.html('door');
      if (page === undefined) return reply.status(503).send(notBuilt(knowledge()));
      return reply.send(withChannels(page.replaceAll('"./', `"${root}`), knowledge()));
    });
  server.get('/lapor/', async (_request, reply) => reply.redirect('../lapor', 308));
  const regionList = packedRegions(regions);
  // every browser that has modules takes gzip
  server.get('/lapor/wilayah.json', async (_request, reply) =>
    reply.type('application/json').header('content-encoding', 'gzip').send(regionList()),
  );
  server.get('/lapor/kunci.json', async (): Promise<Keys> => {
    const readers = await intake.readers();
    return { readers: readers.map(({ id, recipient }) => ({ id, recipient })) };
  });
}

function tipRoutes(server: FastifyInstance, { intake, key }: DoorDependencies, allows: Allows): void {
  const challenges = new Challenges((text) => key.pseudonym('door-challenge', chatAddress(text)));
  const uploads = new Uploads();

  server.get(
    '/lapor/tantangan',
    async (request, reply): Promise<Work | FastifyReply> =>
      (await allows('asked', request)) ? challenges.issue() : refuse(reply, 'limit'),
  );
  server.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  // all this before the body is read
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!(await allows('sent', request)) || !uploads.enter(request)) return refuse(reply, 'limit');
    const work = request.headers[WORK_HEADER];
    if (typeof work !== 'string' || !challenges.take(work)) return refuse(reply, 'work');
    return undefined;
  };
  const leave = async (request: FastifyRequest) => uploads.leave(request);
  const options = { bodyLimit: MOST_BODY, onRequest, onResponse: leave, onRequestAbort: leave };
  server.post('/lapor/kirim', options, async ({ body }, reply) => {
    const sealed = readCase(body);
    if (sealed === undefined) return refuse(reply, 'shape');
    const outcome = await intake.submitSealed(sealed);
    if (outcome.kind === 'kept') return reply.send({});
    return refuse(reply, outcome.kind === 'refused' ? outcome.why : outcome.kind);
  });
}

function receiptRoutes(server: FastifyInstance, { intake }: DoorDependencies, allows: Allows): void {
  server.post('/lapor/cek', async (request, reply): Promise<SealedAnswers | FastifyReply> => {
    if (!(await allows('tried', request))) return refuse(reply, 'limit');
    const lookup = readLookUp(request.body);
    if (lookup === undefined) return refuse(reply, 'shape');
    const found = await intake.lookSealed(lookup);
    if (found === 'limit') return refuse(reply, 'limit');
    const answers = found.answers.map(({ sealed, ...answer }) => ({
      ...answer,
      sealed: Buffer.from(sealed).toString('base64url'),
    }));
    return { news: found.news, answers };
  });
}
