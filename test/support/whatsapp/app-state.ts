/** Synchronised settings: the server keeps the encrypted patches and gives them back by version. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { bytes, children, stanza } from './stanza.ts';

export class AppState {
  readonly #patches = new Map<string, Buffer[]>();

  /** `<sync>` with collections: takes new patches, and answers with those that the client lacks. */
  sync(request: BinaryNode): BinaryNode {
    const collections = children(request, 'collection').map((collection) => {
      const { name = '', version = '0' } = collection.attrs;
      const patches = this.#patches.get(name) ?? [];
      this.#patches.set(name, patches);
      const known = Number(version);
      const missing = patches.slice(known);
      const patch = bytes(collection, 'patch');
      if (patch) patches.push(patch);
      const lacking = missing.map((content) => stanza('patch', {}, content));
      return stanza('collection', { name, version: known }, lacking.length ? [stanza('patches', {}, lacking)] : []);
    });
    return stanza('sync', {}, collections);
  }
}
