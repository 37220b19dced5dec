import type { WASocket } from '@whiskeysockets/baileys';
import type { Timing } from './timing.ts';

/** What a peer or WhatsApp sends of its own accord, unlike answers to our queries. */
const NEWS = ['CB:message', 'CB:receipt', 'CB:notification', 'CB:presence', 'CB:chatstate', 'CB:call'] as const;

/** Notices sockets that send but never receive, which nothing else does: the connection looks open from both ends. */
export class Watchdog {
  readonly #timing: Timing;
  readonly #timer: NodeJS.Timeout;
  #lastFrame = Date.now();
  #lastNews = Date.now();
  #unanswered: number | undefined;

  /** @param onDead called once */
  constructor(socket: WASocket, timing: Timing, onDead: (why: 'silence' | 'idle') => void) {
    this.#timing = timing;
    socket.ws.on('frame', () => {
      this.#lastFrame = Date.now();
      this.#unanswered = undefined;
    });
    for (const news of NEWS)
      socket.ws.on(news, () => {
        this.#lastNews = Date.now();
      });
    this.#timer = setInterval(() => {
      const why = this.#verdict(Date.now());
      if (!why) return;
      this.stop();
      onDead(why);
    }, timing.watch);
    this.#timer.unref();
  }

  /** Something was sent: WhatsApp has to answer. */
  sent(): void {
    this.#unanswered ??= Date.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #verdict(now: number): 'silence' | 'idle' | undefined {
    const { silence, idle, keepAlive } = this.#timing;
    if (this.#unanswered !== undefined && now - this.#unanswered > silence) return 'silence';
    // Baileys' own pings are answered within this time
    if (now - this.#lastFrame > keepAlive * 2 + silence) return 'silence';
    return now - this.#lastNews > idle ? 'idle' : undefined;
  }
}
