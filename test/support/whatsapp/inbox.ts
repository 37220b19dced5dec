/** What one person has received from the bot. */
import type { Changes } from './changes.ts';
import type { ReceivedMessage } from './messages.ts';

type Mutable = ReceivedMessage & { readonly devices: number[] };

const summary = ({ id, kind, text, chat }: ReceivedMessage): string => `${kind} ${id} in ${chat}: ${text ?? ''}`;

export class Inbox {
  readonly #changes: Changes;
  readonly #owner: string;
  readonly #messages: Mutable[] = [];
  readonly #taken = new Set<ReceivedMessage>();

  constructor(owner: string, changes: Changes) {
    this.#owner = owner;
    this.#changes = changes;
  }

  get messages(): readonly ReceivedMessage[] {
    return this.#messages;
  }

  /** A message that another device has read already, or that was repeated, is not a new one. */
  add(message: Mutable): void {
    const known = this.#messages.find(({ id, chat }) => id === message.id && chat === message.chat);
    if (!known) this.#messages.push(message);
    else known.devices.push(...message.devices.filter((device) => !known.devices.includes(device)));
    this.#changes.changed();
  }

  waitForMessage(fits: (message: ReceivedMessage) => boolean = () => true, timeout?: number): Promise<ReceivedMessage> {
    return this.#changes.until(
      () => {
        const found = this.#messages.find((message) => !this.#taken.has(message) && fits(message));
        if (found) this.#taken.add(found);
        return found;
      },
      timeout,
      () => `${this.#owner} waits for a message; came: ${this.#messages.map(summary).join('; ') || 'nothing'}`,
    );
  }
}
