/**
 * A rule base that was read and found in order, as one text: taking it from there costs a hundredth of reading YAML and checking it.
 * The places of rules in their files are left out; who has to tell a place reads the files.
 */
import type { Knowledge } from './knowledge.ts';

/** A {@link Knowledge} whose maps are lists: every entry carries its id. */
type Pack = Omit<Knowledge, Mapped | 'places' | 'folder'> & { readonly [K in Mapped]: Array<Entry<Knowledge[K]>> };
type Mapped = 'rules' | 'regulations' | 'actors' | 'outOfScope';
type Entry<M> = M extends ReadonlyMap<string, infer V> ? V : never;

export function packKnowledge({ places: _places, folder: _folder, ...knowledge }: Knowledge): string {
  const pack: Pack = {
    ...knowledge,
    rules: [...knowledge.rules.values()],
    regulations: [...knowledge.regulations.values()],
    actors: [...knowledge.actors.values()],
    outOfScope: [...knowledge.outOfScope.values()],
  };
  return JSON.stringify(pack);
}

/** The rule base of a pack that {@link packKnowledge} made from this folder. Takes its shape on trust: packs are kept with a checksum. */
export function unpackKnowledge(text: string, folder: string): Knowledge {
  const pack = JSON.parse(text) as Pack;
  return {
    ...pack,
    rules: byId(pack.rules),
    regulations: byId(pack.regulations),
    actors: byId(pack.actors),
    outOfScope: byId(pack.outOfScope),
    places: new Map(),
    folder,
  };
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): Map<string, T> =>
  new Map(list.map((entry) => [entry.id, entry]));
