/** Answers to the bot's queries (`<iq>`), as far as an unmodified Baileys asks them. */
import { randomBytes } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { AppState } from './app-state.ts';
import { findUsers, keyBundles } from './directory.ts';
import { child, children, SERVER, stanza } from './stanza.ts';
import type { World } from './world.ts';

/** The content of an answer; an error; or nothing to answer. */
type Answer = readonly BinaryNode[] | { readonly code: number; readonly text: string };

const notFound: Answer = { code: 404, text: 'item-not-found' };
const forbidden: Answer = { code: 403, text: 'forbidden' };

export class Queries {
  readonly unknown: BinaryNode[] = [];
  readonly #world: World;
  readonly #appState = new AppState();

  constructor(world: World) {
    this.#world = world;
  }

  async answer(iq: BinaryNode): Promise<BinaryNode> {
    const answer = await this.#find(iq);
    const attrs = { from: iq.attrs.to ?? SERVER, id: iq.attrs.id };
    if ('code' in answer) return stanza('iq', { ...attrs, type: 'error' }, [stanza('error', { ...answer })]);
    return stanza('iq', { ...attrs, type: 'result' }, answer);
  }

  async #find(iq: BinaryNode): Promise<Answer> {
    const [request] = children(iq);
    switch (iq.attrs.xmlns) {
      case 'encrypt':
        return this.#keys(iq, request);
      case 'usync':
        return [findUsers(this.#world, child(iq, 'usync')!)];
      case 'w:g2':
        return this.#groups(iq, request);
      case 'w:sync:app:state':
        return [this.#appState.sync(child(iq, 'sync')!)];
      case 'w:m':
        return [
          stanza('media_conn', { auth: 'test', ttl: 3600, auth_ttl: 3600, max_buckets: 12 }, [
            stanza('host', { hostname: this.#world.media.host, maxContentLengthBytes: 2 ** 31 }),
          ]),
        ];
      case 'abt':
        return [
          stanza('props', { hash: 'test', refresh: 86_400 }, [
            stanza('prop', { config_code: 10518, config_value: 'true' }),
          ]),
        ];
      case 'privacy':
        return request?.tag === 'tokens' ? [] : [privacy()];
      case 'w:mex':
        return [restrictions()];
      case 'blocklist':
        return [stanza('list', { dhash: randomBytes(4).toString('hex') })];
      case 'w:profile:picture':
        return notFound;
      case 'w:p':
      case 'passive':
      case 'md':
      case 'w:stats':
      case 'status':
      case 'disappearing_mode':
      case 'urn:xmpp:whatsapp:dirty':
      case 'w:biz':
        return [];
      default:
        this.unknown.push(iq);
        return [];
    }
  }

  async #keys(iq: BinaryNode, request: BinaryNode | undefined): Promise<Answer> {
    const { bot } = this.#world;
    switch (iq.attrs.type === 'set' && request?.tag !== 'rotate' ? 'upload' : request?.tag) {
      case 'upload':
        bot.upload(iq);
        this.#world.changes.changed();
        return [];
      case 'rotate':
        bot.rotate(request);
        return [];
      case 'count':
        return [stanza('count', { value: bot.preKeysLeft })];
      case 'digest':
        return [bot.digest()];
      case 'key':
        return [await keyBundles(this.#world, children(request, 'user'))];
      default:
        this.unknown.push(iq);
        return [];
    }
  }

  #groups(iq: BinaryNode, request: BinaryNode | undefined): Answer {
    if (request?.tag === 'participating') {
      const mine = this.#world.groups.filter(({ botIsMember }) => botIsMember);
      return [
        stanza(
          'groups',
          {},
          mine.map((group) => group.describe()),
        ),
      ];
    }
    const group = this.#world.group(iq.attrs.to!);
    if (!group) return notFound;
    if (!group.botIsMember) return forbidden;
    if (request?.tag === 'leave') return [];
    if (request?.tag !== 'query') this.unknown.push(iq);
    return [group.describe()];
  }
}

function privacy(): BinaryNode {
  const settings = {
    readreceipts: 'all',
    last: 'all',
    online: 'all',
    profile: 'all',
    status: 'contacts',
    groupadd: 'all',
  };
  const categories = Object.entries(settings).map(([name, value]) => stanza('category', { name, value }));
  return stanza('privacy', {}, categories);
}

/** The account may write to everybody. */
function restrictions(): BinaryNode {
  const data = { xwa2_fetch_account_reachout_timelock: { is_active: false }, xwa2_message_capping_info: {} };
  return stanza('result', {}, Buffer.from(JSON.stringify({ data })));
}
