/** How much one address, and all together, may ask of the door. Counted in memory; an address is never kept longer than its count. */
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from '../network.ts';
import { MOST_BODY } from './contract.ts';

/** Of one address, behind which there may be many phones. */
const LIMITS = {
  /** Challenges, a minute. */
  asked: { points: 120, duration: 60 },
  /** Tips and additions, in ten minutes. */
  sent: { points: 20, duration: 600 },
  /** Receipts tried, a minute. */
  tried: { points: 30, duration: 60 },
} as const;
type Limit = keyof typeof LIMITS;

export function rateLimits(): (name: Limit, request: FastifyRequest) => Promise<boolean> {
  const limiters: Readonly<Record<Limit, RateLimiterMemory>> = {
    asked: new RateLimiterMemory(LIMITS.asked),
    sent: new RateLimiterMemory(LIMITS.sent),
    tried: new RateLimiterMemory(LIMITS.tried),
  };
  return async (name, { ip }) => {
    try {
      await limiters[name].consume(networkOf(ip));
      return true;
    } catch (rejected) {
      if (rejected instanceof RateLimiterRes) return false;
      throw rejected;
    }
  };
}

/** Bodies are held in memory until they are stored: this many bytes of them at the same time, and so many of one address. */
const MOST_BYTES_AT_ONCE = 256 * 1024 * 1024;
const MOST_OF_ADDRESS = 3;

/** The uploads that are under way. */
export class Uploads {
  readonly #uploads = new Map<FastifyRequest, number>();

  /** False where there is no room. Call {@link leave} in any case when the request is over. */
  enter(request: FastifyRequest): boolean {
    const size = Number(request.headers['content-length'] ?? MOST_BODY);
    const all = [...this.#uploads.values()].reduce((sum, bytes) => sum + bytes, size);
    const ofAddress = [...this.#uploads.keys()].filter(({ ip }) => networkOf(ip) === networkOf(request.ip)).length;
    if (all > MOST_BYTES_AT_ONCE || ofAddress >= MOST_OF_ADDRESS) return false;
    this.#uploads.set(request, size);
    return true;
  }

  leave(request: FastifyRequest): void {
    this.#uploads.delete(request);
  }
}
