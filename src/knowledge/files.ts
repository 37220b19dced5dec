/** The files of a rule base: which there are, and a hash that tells whether anything was edited. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The YAML files of a folder inside the rule base, as `rules/medsos.yaml`, in a fixed order. Without `sub` those directly in it. */
export function yamlFiles(folder: string, sub = ''): string[] {
  const path = join(folder, sub);
  if (sub !== '' && !existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => (sub === '' ? name : `${sub}/${name}`));
}

/** Files that are meant to be of the rule base and are not read, because their name does not end in `.yaml`. */
export function misnamedFiles(folder: string): string[] {
  return ['', 'rules', 'utterances'].flatMap((sub) => {
    const path = join(folder, sub);
    if (!existsSync(path)) return [];
    return readdirSync(path)
      .filter((name) => /\.(?:yml|yaml)(?:\.txt)?$/i.test(name) && !name.endsWith('.yaml'))
      .sort()
      .map((name) => (sub === '' ? name : `${sub}/${name}`));
  });
}

/** SHA-256 over every file of the folder, hex: tells whether anything was edited. */
export function folderHash(folder: string): string {
  const hash = createHash('sha256');
  for (const file of [...yamlFiles(folder), ...yamlFiles(folder, 'rules'), ...yamlFiles(folder, 'utterances')])
    hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  // their names are told as problems, what they hold is not read
  for (const file of misnamedFiles(folder)) hash.update(`\n${file}\n`);
  return hash.digest('hex');
}
