/** The owner's phone: the account that the bot is linked to. */
import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import { textContent } from './content.ts';
import { Group } from './group.ts';
import type { FakeGroup, FakePeer, OwnerPhone } from './interface.ts';
import type { ReceivedMessage, SendOptions, SentMessage } from './messages.ts';
import { Peer } from './peer.ts';
import type { Person } from './person.ts';
import { type Place, viewpoint, write } from './sending.ts';
import type { World } from './world.ts';

const { APP_STATE_SYNC_KEY_SHARE, HISTORY_SYNC_NOTIFICATION } = proto.Message.ProtocolMessage.Type;
const { INITIAL_BOOTSTRAP } = proto.HistorySync.HistorySyncType;

export class Owner implements OwnerPhone {
  readonly #world: World;
  readonly #person: Person;

  constructor(world: World) {
    this.#world = world;
    this.#person = world.owner;
  }

  get phone(): string {
    return this.#person.address('phone');
  }

  get lid(): string {
    return this.#person.address('lid');
  }

  get received(): readonly ReceivedMessage[] {
    return this.#person.inbox.messages;
  }

  waitForMessage(fits?: (message: ReceivedMessage) => boolean, timeout?: number): Promise<ReceivedMessage> {
    return this.#person.inbox.waitForMessage(fits, timeout);
  }

  sendText(to: FakePeer | FakeGroup | OwnerPhone, text: string, options: SendOptions = {}): Promise<SentMessage> {
    const view = viewpoint(this.#world, this.#person, this.#place(to), options);
    return this.sendMessage(to, textContent(text, options, view), options);
  }

  sendMessage(
    to: FakePeer | FakeGroup | OwnerPhone,
    content: proto.IMessage,
    options: SendOptions = {},
  ): Promise<SentMessage> {
    return write(this.#world, this.#person, this.#place(to), content, options);
  }

  /** The key for synchronised settings; phones send it right after the first login. */
  async shareKeys(): Promise<void> {
    const fingerprint = { rawId: 1, currentIndex: 0, deviceIndexes: [0, 1] };
    const keyData = { keyData: randomBytes(32), fingerprint, timestamp: Date.now() };
    const keys = [{ keyId: { keyId: Buffer.from([0, 0, 0, 0, 0, 1]) }, keyData }];
    await this.#tell({ type: APP_STATE_SYNC_KEY_SHARE, appStateSyncKeyShare: { keys } });
  }

  sendHistory(history: proto.IHistorySync = { syncType: INITIAL_BOOTSTRAP }): Promise<SentMessage> {
    const payload = deflateSync(proto.HistorySync.encode({ progress: 100, chunkOrder: 1, ...history }).finish());
    return this.#tell({
      type: HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: history.syncType as number,
        progress: history.progress ?? 100,
        chunkOrder: history.chunkOrder ?? 1,
        initialHistBootstrapInlinePayload: payload,
      },
    });
  }

  #tell(protocolMessage: proto.Message.IProtocolMessage): Promise<SentMessage> {
    return write(this.#world, this.#person, { kind: 'internal' }, { protocolMessage });
  }

  #place(to: FakePeer | FakeGroup | OwnerPhone): Place {
    if (to instanceof Group) return { kind: 'group', group: to };
    return { kind: 'copy', to: to instanceof Peer ? to.person : this.#person };
  }
}
