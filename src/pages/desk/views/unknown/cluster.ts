/** Questions that ask nearly the same, put together. Simple and stable: the same questions give the same groups in the same order. */
import { normalise, words } from '../../../../matching/normalise.ts';

export interface Question {
  readonly id: string;
  readonly day: string;
  readonly text: string;
}

export interface Cluster {
  /** The text that was asked most. */
  readonly text: string;
  readonly questions: readonly Question[];
  /** Every text once, those asked most first. */
  readonly texts: readonly string[];
  readonly first: string;
  readonly last: string;
}

/** Dice's coefficient of the texts' letter triples, 0 to 1, from which two texts are put together. */
const ALIKE = 0.6;

/** Triples of letters of every word with its edges: the order of the words does not matter, a typo costs three of them. */
function triples(text: string): ReadonlySet<string> {
  const out = new Set<string>();
  for (const word of words(normalise(text))) {
    const edged = ` ${word} `;
    for (let i = 0; i + 3 <= edged.length; i++) out.add(edged.slice(i, i + 3));
  }
  return out;
}

interface Leader {
  readonly size: number;
  readonly members: Question[];
}

/** Most asked first; within the same count the latest first. */
export function cluster(questions: readonly Question[]): Cluster[] {
  const leaders: Leader[] = [];
  // leaders by the triples that they have, so that a text is compared only with those that share some
  const byTriple = new Map<string, number[]>();
  for (const sames of mostAskedFirst(questions)) {
    const set = triples(sames[0]?.text ?? '');
    const shared = new Map<number, number>();
    for (const triple of set)
      for (const leader of byTriple.get(triple) ?? []) shared.set(leader, (shared.get(leader) ?? 0) + 1);
    let best: Leader | undefined;
    let most = ALIKE;
    for (const [at, both] of shared) {
      const leader = leaders[at] as Leader;
      const alike = (2 * both) / (leader.size + set.size);
      if (alike > most || (alike === most && best === undefined)) [best, most] = [leader, alike];
    }
    if (best !== undefined) best.members.push(...sames);
    else {
      leaders.push({ size: set.size, members: [...sames] });
      for (const triple of set) byTriple.set(triple, [...(byTriple.get(triple) ?? []), leaders.length - 1]);
    }
  }
  return leaders
    .map(({ members }) => clusterOf(members))
    .sort((a, b) => b.questions.length - a.questions.length || byText(b.last, a.last) || byText(a.text, b.text));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Questions with the same words, most of them first; then by their text. */
function mostAskedFirst(questions: readonly Question[]): Question[][] {
  const groups = new Map<string, Question[]>();
  for (const question of [...questions].sort((a, b) => byText(a.text, b.text) || byText(a.id, b.id))) {
    const key = words(normalise(question.text)).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [...groups.entries()].sort(([a, x], [b, y]) => y.length - x.length || byText(a, b)).map(([, group]) => group);
}

function clusterOf(members: readonly Question[]): Cluster {
  const days = members.map(({ day }) => day).sort();
  return {
    text: members[0]?.text ?? '',
    questions: members,
    texts: [...new Set(members.map(({ text }) => text))],
    first: days[0] ?? '',
    last: days.at(-1) ?? '',
  };
}

/** Those that hold every word of the search, in any spelling of its letters' case. */
export function search(clusters: readonly Cluster[], sought: string): Cluster[] {
  const parts = sought
    .toLowerCase()
    .split(/\s+/)
    .filter((part) => part !== '');
  return clusters.filter(({ texts }) => {
    const all = texts.join(' ').toLowerCase();
    return parts.every((part) => all.includes(part));
  });
}
