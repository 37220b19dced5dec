/** A chat that was told to slow down is heard again after this long without a message, in milliseconds. */
const QUIET = 3_000;
/** Chats remembered at most; more than one at a time is rare. */
const KEPT = 1_000;

/**
 * Chats that send faster than they can be answered. Telegram shows only a hundred unconfirmed updates at a time, so a flood that was let into its
 * chat's queue again and again would keep everybody else's messages out of sight.
 */
export class Floods {
  readonly #lastMessage = new Map<string, number>();

  /** The dialogue has dropped a message of this chat. */
  begin(chat: string, now: number): void {
    if (this.#lastMessage.size >= KEPT) this.#lastMessage.clear();
    this.#lastMessage.set(chat, now);
  }

  /** True where a message of this chat is to be dropped unread. */
  goesOn(chat: string, now: number): boolean {
    const last = this.#lastMessage.get(chat);
    if (last === undefined) return false;
    if (now - last > QUIET) this.#lastMessage.delete(chat);
    else this.#lastMessage.set(chat, now);
    return now - last <= QUIET;
  }
}
