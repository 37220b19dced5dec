/** A dialogue in whose place a test hears what a channel brings, and says what the channel is to do. */
import { randomBytes } from 'node:crypto';
import type { IncomingFile, Reply } from '../../src/conversation/message.ts';
import { reply } from '../../src/conversation/message.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import {
  type ChannelName,
  type Deliver,
  Dialogue,
  type Incoming,
  type Outcome,
  type Sender,
} from '../../src/dialogue/dialogue.ts';
import { ServerKey } from '../../src/store/keys.ts';
import { MemoryConversations, quickBrain } from './telegram-services.ts';

export interface Scripted {
  readonly replies?: readonly Reply[];
  readonly erase?: boolean;
  /** Called when the answer is out: where it throws, storage has failed. */
  readonly after?: () => void;
}

export class ScriptedDialogue extends Dialogue {
  readonly heard: Incoming[] = [];
  readonly senders = new Map<ChannelName, Sender>();
  /** What is answered; while it runs, the message is being handled. */
  script: (incoming: Incoming) => Promise<Scripted> | Scripted = () => ({});

  constructor() {
    const services = () => ({ ...quickBrain(), ...WITHOUT_REPORTS, now: Date.now });
    super({ conversations: new MemoryConversations(), key: new ServerKey(randomBytes(32)), services });
  }

  override async receive(incoming: Incoming, deliver: Deliver): Promise<Outcome> {
    this.heard.push(incoming);
    const { replies = [reply('baik')], erase = false, after } = await this.script(incoming);
    await deliver(replies, { erase });
    after?.();
    return 'answered';
  }

  override register(channel: ChannelName, sender: Sender): void {
    this.senders.set(channel, sender);
  }

  /** Says something to the chat of a message that was heard. */
  push({ channel, chat, address = chat }: Incoming, replies: readonly Reply[]): ReturnType<Sender> {
    const sender = this.senders.get(channel);
    if (!sender) throw new Error(`${channel} has registered no sender`);
    return sender(address, replies);
  }
}

/** The file of a message, or undefined. */
export const fileOf = ({ message }: Incoming): IncomingFile | undefined =>
  message.kind === 'unsupported' ? message.file : undefined;
