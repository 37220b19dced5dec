/** The built pages' scripts and styles. Their names change with their content, so browsers may keep them for ever. */
import type { FastifyInstance } from 'fastify';
import type { Pages } from '../../operations/pages.ts';

export function registerAssets(server: FastifyInstance, { assets }: Pages): void {
  for (const { path, type, body, gzip } of assets)
    server.get(`/${path}`, async ({ headers }, reply) => {
      reply.type(type).headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' });
      return /\bgzip\b/.test(headers['accept-encoding'] ?? '')
        ? reply.header('content-encoding', 'gzip').send(gzip)
        : reply.send(body);
    });
}
