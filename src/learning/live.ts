/**
 * The rule base that is kept up to date while the service runs. An edited file is taken up within seconds; a broken edit keeps the
 * old base and says what is wrong.
 */
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkKnowledge } from '../knowledge/check.ts';
import { folderHash } from '../knowledge/files.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { KnowledgeError, type Problem } from '../knowledge/problem.ts';
import { Matcher } from '../matching/matcher.ts';
import type { Model } from '../matching/model.ts';
import type { Brain } from './brain.ts';
import { learn } from './learn.ts';
import { keepKnowledge, openKnowledge } from './open-knowledge.ts';

export type LiveEvent =
  /** Training begins; its first step is done only after a while. */
  | { readonly kind: 'learning' }
  | { readonly kind: 'training'; readonly done: number; readonly of: number }
  | { readonly kind: 'ready'; readonly rules: number }
  | { readonly kind: 'reloaded'; readonly rules: number }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Editors write a file in several steps; wait until it has been quiet for this long, in milliseconds. */
const SETTLE = 400;
/** Watching can miss changes (network drives, containers): the files' hash is looked at this often, in milliseconds. */
const POLL = 5_000;

export class LiveBrain {
  #brain: Brain;
  #hash: string;
  #full = false;
  #closed = false;
  #reloading: Promise<void> | undefined;
  readonly #folder: string;
  readonly #cache: string | undefined;
  readonly #tell: (event: LiveEvent) => void;
  readonly #check: (knowledge: Knowledge) => readonly Problem[];
  readonly #watchers: FSWatcher[] = [];
  readonly #stop = new AbortController();

  private constructor(
    folder: string,
    cache: string | undefined,
    tell: (event: LiveEvent) => void,
    brain: Brain,
    hash: string,
    check: (knowledge: Knowledge) => readonly Problem[],
  ) {
    this.#folder = folder;
    this.#cache = cache;
    this.#tell = tell;
    this.#brain = brain;
    this.#hash = hash;
    this.#check = check;
  }

  /**
   * Loads the folder and resolves as soon as questions can be answered: at once with a model from the cache; else after a few seconds with the
   * quick ranker, while the full model is trained in the background. Throws a KnowledgeError where the folder cannot be used.
   *
   * @param check what a rule base must pass to be used, at the start and at every edit
   */
  static async open(
    folder: string,
    cache: string | undefined,
    tell: (event: LiveEvent) => void = () => {},
    check: (knowledge: Knowledge) => readonly Problem[] = (knowledge) => checkKnowledge(knowledge),
  ): Promise<LiveBrain> {
    const { knowledge, hash } = await openKnowledge(folder, cache, check);
    const start = (model: Model) =>
      new LiveBrain(folder, cache, tell, { knowledge, matcher: new Matcher(knowledge, model) }, hash, check);
    return new Promise((resolve, reject) => {
      let live: LiveBrain | undefined;
      learn(knowledge, {
        cache,
        onStart: () => tell({ kind: 'learning' }),
        onProgress: ({ done, of }) => tell({ kind: 'training', done, of }),
        onQuick: (model) => {
          live = start(model);
          resolve(live);
        },
      }).then((model) => {
        if (live) live.#trained(knowledge, model);
        else live = start(model);
        live.#full = true;
        tell({ kind: 'ready', rules: live.#brain.knowledge.rules.size });
        resolve(live);
      }, reject);
    });
  }

  /** Takes the first full model. What was edited while it was being trained stays: only the matcher is replaced. */
  #trained(from: Knowledge, model: Model): void {
    const { knowledge } = this.#brain;
    // an edit of the training texts meanwhile has trained a full model of its own
    if (knowledge.trainingHash === from.trainingHash)
      this.#brain = { knowledge, matcher: new Matcher(knowledge, model) };
  }

  get current(): Brain {
    return this.#brain;
  }

  /** True once the full model answers, not only the quick one. */
  get ready(): boolean {
    return this.#full;
  }

  /** Starts watching the folder. */
  watch(): void {
    const changed = () => void this.#soon();
    for (const folder of [this.#folder, join(this.#folder, 'rules'), join(this.#folder, 'utterances')]) {
      try {
        this.#watchers.push(watch(folder, changed).on('error', () => {}));
      } catch {
        // the poll below finds changes too
      }
    }
    void this.#poll();
  }

  async #poll(): Promise<void> {
    while (!this.#closed) {
      try {
        await sleep(POLL, undefined, { signal: this.#stop.signal, ref: false });
      } catch {
        return;
      }
      await this.#soon();
    }
  }

  #soon(): Promise<void> {
    this.#reloading ??= this.#reload().finally(() => {
      this.#reloading = undefined;
    });
    return this.#reloading;
  }

  async #reload(): Promise<void> {
    try {
      await sleep(SETTLE, undefined, { signal: this.#stop.signal, ref: false });
      const hash = folderHash(this.#folder);
      if (hash === this.#hash || this.#closed) return;
      this.#hash = hash;
      const { readKnowledge } = await import('../knowledge/load.ts');
      const { knowledge, problems } = readKnowledge(this.#folder);
      const all = knowledge ? [...problems, ...this.#check(knowledge)] : problems;
      if (!knowledge || all.length > 0) return this.#tell({ kind: 'refused', problems: all });
      if (knowledge.trainingHash === this.#brain.knowledge.trainingHash) {
        this.#brain = { knowledge, matcher: this.#brain.matcher.withKnowledge(knowledge) };
      } else {
        const model = await learn(knowledge, {
          cache: this.#cache,
          onStart: () => this.#tell({ kind: 'learning' }),
          onProgress: ({ done, of }) => this.#tell({ kind: 'training', done, of }),
          signal: this.#stop.signal,
        });
        this.#brain = { knowledge, matcher: new Matcher(knowledge, model) };
        this.#full = true;
      }
      keepKnowledge(knowledge, this.#cache, hash);
      this.#tell({ kind: 'reloaded', rules: knowledge.rules.size });
    } catch (error) {
      if (this.#closed || (error instanceof Error && error.name === 'AbortError')) return;
      const problems =
        error instanceof KnowledgeError
          ? error.problems
          : [
              {
                file: this.#folder,
                line: 0,
                column: 0,
                check: 'file',
                message: 'cannot be read',
                repair: 'check the folder',
              },
            ];
      this.#tell({ kind: 'refused', problems });
    }
  }

  close(): void {
    this.#closed = true;
    this.#stop.abort();
    for (const watcher of this.#watchers) watcher.close();
  }
}
