/** The folder of the cache: models and rule bases, each under the hash of what it was made from. All of it can be made anew. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of one kind that stay: the present one, and the ones before a curator's last edits. */
const KEPT = 3;

/** Moves a whole file into the cache in one step, and removes the oldest of its kind. */
export function moveIntoCache(folder: string, name: string, file: string, kind: RegExp): void {
  renameSync(file, join(folder, name));
  const others = readdirSync(folder).filter((entry) => kind.test(entry) && entry !== name);
  const age = new Map(others.map((entry) => [entry, statSync(join(folder, entry)).mtimeMs]));
  const oldestFirst = others.sort((a, b) => (age.get(a) ?? 0) - (age.get(b) ?? 0));
  for (const entry of oldestFirst.slice(0, Math.max(0, others.length - KEPT + 1)))
    rmSync(join(folder, entry), { force: true });
}

/** The same for a text. */
export function writeIntoCache(folder: string, name: string, text: string, kind: RegExp): void {
  mkdirSync(folder, { recursive: true });
  const part = join(folder, `${name}.${process.pid}.part`);
  try {
    writeFileSync(part, text);
    moveIntoCache(folder, name, part, kind);
  } finally {
    rmSync(part, { force: true });
  }
}
