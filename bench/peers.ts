/**
 * The same texts given to other ways of finding an answer. Every peer gets what our matcher learns from (without the out-of-scope classes,
 * which search engines know nothing of) and answers with rule ids, best first.
 */
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import type { LabelledText } from '../src/matching/train.ts';

export interface Peer {
  readonly name: string;
  /** Rule ids, best first, each once. */
  find(question: string): string[] | Promise<string[]>;
}

const LIMIT = 3;

function distinct(ids: Iterable<string>): string[] {
  const out: string[] = [];
  for (const id of ids) {
    if (!out.includes(id)) out.push(id);
    if (out.length === LIMIT) break;
  }
  return out;
}

export function fuseDefault(texts: readonly LabelledText[]): Peer {
  const fuse = new Fuse(texts, { keys: ['text'] });
  return {
    name: 'fuse.js, default',
    find: (question) => distinct(fuse.search(question, { limit: 20 }).map(({ item }) => item.label)),
  };
}

/** Fuse's token search: each word of the question on its own, the places added up. */
export function fuseTokens(texts: readonly LabelledText[]): Peer {
  const fuse = new Fuse(texts, { keys: ['text'], useTokenSearch: true, threshold: 0.3, ignoreLocation: true });
  return {
    name: 'fuse.js, token search',
    find: (question) => distinct(fuse.search(question, { limit: 20 }).map(({ item }) => item.label)),
  };
}

export function miniSearch(texts: readonly LabelledText[]): Peer {
  const index = new MiniSearch<{ id: number; text: string; label: string }>({
    fields: ['text'],
    storeFields: ['label'],
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  index.addAll(texts.map(({ text, label }, id) => ({ id, text, label })));
  return {
    name: 'MiniSearch, fuzzy',
    find: (question) => distinct(index.search(question).map((hit) => String(hit.label))),
  };
}

interface NlpManager {
  addLanguage(language: string): void;
  addDocument(language: string, text: string, intent: string): void;
  train(): Promise<unknown>;
  process(
    language: string,
    text: string,
  ): Promise<{ classifications?: ReadonlyArray<{ intent: string; score: number }> }>;
  settings: { autoSave?: boolean };
}

/** NLP.js with its Indonesian stemmer and neural classifier. Training takes a minute or more. */
export async function nlpJs(texts: readonly LabelledText[]): Promise<Peer> {
  const { containerBootstrap, Nlp } = (await import('@nlpjs/basic')) as unknown as {
    containerBootstrap(): Promise<{ use(plugin: unknown): void; get(name: string): NlpManager }>;
    Nlp: unknown;
  };
  const { LangId } = (await import('@nlpjs/lang-id')) as unknown as { LangId: unknown };
  const container = await containerBootstrap();
  container.use(Nlp);
  container.use(LangId);
  const nlp = container.get('nlp');
  nlp.settings.autoSave = false;
  nlp.addLanguage('id');
  for (const { text, label } of texts) nlp.addDocument('id', text, label);
  const log = console.log;
  console.log = () => {};
  try {
    await nlp.train();
  } finally {
    console.log = log;
  }
  return {
    name: 'NLP.js',
    find: async (question) =>
      distinct(((await nlp.process('id', question)).classifications ?? []).map(({ intent }) => intent)),
  };
}
