/**
 * Baileys confirms a message to WhatsApp, which then forgets it, before it tells us of it, and holds its events back for up to 30 seconds after connecting.
 * A process killed in between would lose what people wrote. This hooks into the one step that comes before the confirmation, the decryption: the message
 * is stored first, then the key that read it is spent, then the receipt goes out. Killed at any point, WhatsApp delivers again or the inbox has it.
 */
import type { BinaryNode, SocketConfig, WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { Baileys } from './baileys.ts';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Keep = (message: WAMessage, socket: WASocket) => Promise<void>;

export class BeforeReceipt {
  readonly #baileys: Baileys;
  readonly #keep: Keep;
  /** Which stanza a ciphertext came in. Baileys hands the very same bytes to the decryption. */
  readonly #stanzas = new WeakMap<Uint8Array, BinaryNode>();
  #socket: WASocket | undefined;

  /** @param keep stores a message; where it rejects, the message counts as unreadable, and the sender's phone is asked to repeat it */
  constructor(baileys: Baileys, keep: Keep) {
    this.#baileys = baileys;
    this.#keep = keep;
  }

  /** For Baileys' configuration. */
  readonly makeSignalRepository: MakeRepository = (auth, logger, lookUp) => {
    const repository = this.#baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, lookUp);
    const direct = repository.decryptMessage.bind(repository);
    const inGroup = repository.decryptGroupMessage.bind(repository);
    // the outer transaction holds the spent key back until the message is stored
    const together = (work: () => Promise<Uint8Array>, ciphertext: Uint8Array, lane: string) => {
      const run = async () => {
        const text = await work();
        await this.#store(ciphertext, text);
        return text;
      };
      return 'transaction' in auth.keys ? auth.keys.transaction(run, lane) : run();
    };
    repository.decryptMessage = (options) => together(() => direct(options), options.ciphertext, options.jid);
    repository.decryptGroupMessage = (options) => together(() => inGroup(options), options.msg, options.group);
    return repository;
  };

  follow(socket: WASocket): void {
    this.#socket = socket;
    socket.ws.on('CB:message', (stanza: BinaryNode) => {
      if (!Array.isArray(stanza.content)) return;
      for (const { tag, content } of stanza.content)
        if (tag === 'enc' && content instanceof Uint8Array) this.#stanzas.set(content, stanza);
    });
  }

  async #store(ciphertext: Uint8Array, text: Uint8Array): Promise<void> {
    const stanza = this.#stanzas.get(ciphertext);
    const socket = this.#socket;
    const message = stanza && socket && this.#read(stanza, text, socket);
    if (message) await this.#keep(message, socket);
  }

  /** The message as Baileys will make it of the same bytes; undefined where it cannot either. */
  #read(stanza: BinaryNode, text: Uint8Array, { user }: WASocket): WAMessage | undefined {
    const { cleanMessage, decodeMessageNode, proto, unpadRandomMax16 } = this.#baileys;
    if (!user) return undefined;
    const lid = user.lid ?? '';
    try {
      const { fullMessage } = decodeMessageNode(stanza, user.id, lid);
      const message = proto.Message.decode(unpadRandomMax16(text));
      fullMessage.message = message.deviceSentMessage?.message ?? message;
      cleanMessage(fullMessage, user.id, lid);
      return fullMessage;
    } catch {
      return undefined;
    }
  }
}
