/**
 * From the knowledge folder to a trained model: from the cache where nothing changed, else from a process that trains.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { KnowledgeError } from '../knowledge/problem.ts';
import { decodeModel, type Model } from '../matching/model.ts';
import { moveIntoCache } from './cache.ts';
import type { TrainingNews, TrainingOrder } from './trainer.ts';

/** Raise this where the code that makes a model changes, so that models in caches are made anew. */
const MODEL_VERSION = 6;

export interface LearnOptions {
  /** Folder for trained models; undefined keeps nothing. */
  readonly cache: string | undefined;
  /** Called where there is no trained model: training takes long, and its first progress comes only when the texts are prepared. */
  readonly onStart?: () => void;
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
  /** Called with the quick ranker alone, which can answer carefully while training goes on. */
  readonly onQuick?: (model: Model) => void;
  /** Gives the training up: the process that trains is ended, and {@link learn} rejects with an AbortError. */
  readonly signal?: AbortSignal;
}

/** The model for this rule base. Training happens in another process: this one goes on answering. */
export async function learn(knowledge: Knowledge, options: LearnOptions): Promise<Model> {
  const name = nameOf(knowledge.trainingHash);
  const cached = options.cache === undefined ? undefined : readModel(join(options.cache, name));
  if (cached) return cached;
  options.onStart?.();
  const folder = workFolder(options.cache);
  const file = join(folder, 'model.bin');
  try {
    const trained = await order({ folder: knowledge.folder, file, quick: options.onQuick !== undefined }, options);
    const model = readModel(file);
    if (!model) throw new Error('the trained model cannot be read');
    if (options.cache !== undefined) keepModel(options.cache, nameOf(trained), file);
    return model;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const nameOf = (trainingHash: string): string => `model-${MODEL_VERSION}-${trainingHash.slice(0, 32)}.bin`;

/** A new folder beside the cache, so that the model can be moved there in one step; elsewhere where that cannot be written. */
function workFolder(cache: string | undefined): string {
  if (cache !== undefined) {
    try {
      mkdirSync(cache, { recursive: true });
      return mkdtempSync(join(cache, 'training-'));
    } catch {
      // a cache that cannot be written costs only time at the next start
    }
  }
  return mkdtempSync(join(tmpdir(), 'tanya-netral-training-'));
}

/** Runs the trainer; resolves with the hash of what it trained on, once the model's file is whole. */
function order(what: TrainingOrder, { onProgress, onQuick, signal }: LearnOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // no flags and no settings of ours: it needs none, and secrets stay here
    const trainer = fork(fileURLToPath(new URL('./trainer.ts', import.meta.url)), {
      execArgv: [],
      env: {},
      ...(signal ? { signal } : {}),
    });
    trainer.on('message', (news: TrainingNews) => {
      switch (news.kind) {
        case 'quick': {
          const model = readModel(`${what.file}.quick`);
          if (model) onQuick?.(model);
          return;
        }
        case 'progress':
          onProgress?.({ done: news.done, of: news.of });
          return;
        case 'model':
          resolve(news.trainingHash);
          return;
        case 'refused':
          reject(new KnowledgeError(news.problems));
          return;
        default:
          return news satisfies never;
      }
    });
    trainer.once('error', reject);
    trainer.once('exit', (code, ended) => reject(new Error(`the training ended with ${ended ?? code}`)));
    trainer.send(what);
  });
}

function readModel(path: string): Model | undefined {
  try {
    return decodeModel(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs only time at the next start, so it is no error. */
function keepModel(folder: string, name: string, file: string): void {
  try {
    moveIntoCache(folder, name, file, /^model-.*\.bin$/);
  } catch {
    // see above
  }
}
