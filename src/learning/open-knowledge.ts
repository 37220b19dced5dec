/**
 * The rule base, from the cache where it was read before and no byte has changed since: a start then parses no YAML, and does not even load
 * what would. Only for what answers; what checks or measures reads the files.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderHash } from '../knowledge/files.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { packKnowledge, unpackKnowledge } from '../knowledge/pack.ts';
import { KnowledgeError, type Problem } from '../knowledge/problem.ts';
import { writeIntoCache } from './cache.ts';

/** A rule base, and the hash of its folder from just before it was read. */
export interface OpenedKnowledge {
  readonly knowledge: Knowledge;
  readonly hash: string;
}

/**
 * Throws a {@link KnowledgeError} with every problem of a folder that cannot be used.
 *
 * @param cache folder of the cache; undefined keeps nothing
 * @param check what the rule base must pass beside being readable
 */
export async function openKnowledge(
  folder: string,
  cache: string | undefined,
  check: (knowledge: Knowledge) => readonly Problem[] = () => [],
): Promise<OpenedKnowledge> {
  const hash = folderHash(folder);
  const kept = readKept(folder, cache, hash);
  // a problem is told with its place, which only the files know
  if (kept && check(kept).length === 0) return { knowledge: kept, hash };
  const { loadKnowledge } = await import('../knowledge/load.ts');
  const knowledge = loadKnowledge(folder);
  const problems = check(knowledge);
  if (problems.length > 0) throw new KnowledgeError(problems);
  keepKnowledge(knowledge, cache, hash);
  return { knowledge, hash };
}

/** Keeps a rule base for the next start, unless its folder has been edited since `hash` was taken. */
export function keepKnowledge(knowledge: Knowledge, cache: string | undefined, hash: string): void {
  const name = nameOf(hash);
  if (cache === undefined || name === undefined) return;
  try {
    if (folderHash(knowledge.folder) !== hash) return;
    const pack = packKnowledge(knowledge);
    writeIntoCache(cache, name, `${sha256(pack)}\n${pack}`, KIND);
  } catch {
    // a cache that cannot be written costs only time at the next start
  }
}

function readKept(folder: string, cache: string | undefined, hash: string): Knowledge | undefined {
  const name = nameOf(hash);
  if (cache === undefined || name === undefined) return undefined;
  try {
    const text = readFileSync(join(cache, name), 'utf8');
    const end = text.indexOf('\n');
    const pack = text.slice(end + 1);
    return text.slice(0, end) === sha256(pack) ? unpackKnowledge(pack, folder) : undefined;
  } catch {
    return undefined;
  }
}

const KIND = /^knowledge-.*\.json$/;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const nameOf = (hash: string): string | undefined =>
  READER === undefined ? undefined : `knowledge-${sha256(READER + hash).slice(0, 32)}.json`;

/**
 * SHA-256 of what turns files into a rule base: our own code, and the versions of the packages it stands on. Taken when the program starts:
 * what it keeps later was made by that code, whatever lies on the disk by then. Undefined, which keeps nothing, where it cannot be read.
 */
const READER = hashOfReader();

function hashOfReader(): string | undefined {
  try {
    const code = fileURLToPath(new URL('../knowledge/', import.meta.url));
    const files = readdirSync(code).filter((name) => name.endsWith('.ts'));
    const paths = [
      fileURLToPath(new URL('../../package.json', import.meta.url)),
      ...files.sort().map((name) => join(code, name)),
    ];
    const hash = createHash('sha256');
    for (const path of paths) hash.update(readFileSync(path)).update('\n');
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
