import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys';

/** How long a group's list of members is trusted, in milliseconds. */
const TRUSTED = 5 * 60_000;
/** Groups remembered at a time. */
const KEPT = 500;

/** Who is in a group: Baileys would ask WhatsApp before every single message to it. */
export class Groups {
  readonly #known = new Map<string, { readonly metadata: GroupMetadata; readonly until: number }>();

  /** Forgets what a socket says has changed. */
  follow(socket: WASocket): void {
    this.#known.clear();
    socket.ev.on('groups.update', (groups) => {
      for (const { id } of groups) if (id) this.#known.delete(id);
    });
    socket.ev.on('group-participants.update', ({ id }) => void this.#known.delete(id));
  }

  cached(group: string): GroupMetadata | undefined {
    const known = this.#known.get(group);
    return known && known.until > Date.now() ? known.metadata : undefined;
  }

  /** Asks once; a failure is left to Baileys, which asks again. */
  async prepare(socket: WASocket, group: string): Promise<void> {
    if (this.cached(group)) return;
    const metadata = await socket.groupMetadata(group).catch(() => undefined);
    if (!metadata) return;
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(group, { metadata, until: Date.now() + TRUSTED });
  }
}
