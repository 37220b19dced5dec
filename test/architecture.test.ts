/** The arrows of docs/architecture.md, held against every import in src/. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Imports {
  /** Files of ours, from the root: `src/store/keys.ts`. */
  readonly own: readonly string[];
  /** Packages, and Node's own modules. */
  readonly packages: readonly string[];
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** Every TypeScript file below src/ with what it imports, types too. */
const files: ReadonlyMap<string, Imports> = new Map(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => {
      const file = `src/${name}`;
      const found = [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(
        (match) => match[1] ?? match[2] ?? '',
      );
      const own = found.filter((path) => path.startsWith('.')).map((path) => normalize(join(dirname(file), path)));
      return [file, { own, packages: found.filter((path) => !path.startsWith('.')) }] as const;
    }),
);

/** The part of the program a file belongs to: a folder of src/, or a file directly in it. */
const partOf = (file: string): string => (file.split('/')[1] ?? '').replace(/\.tsx?$/, '');

/** What each part may import, as docs/architecture.md has it. `main` and `cli` join everything. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  // the settings of a channel and of the reports stand beside them, in a file that imports nothing; config joins them
  config: ['channels', 'reports'],
  knowledge: [],
  matching: ['knowledge'],
  learning: ['knowledge', 'matching'],
  sealing: [],
  regions: ['conversation'],
  conversation: ['knowledge', 'matching', 'sealing'],
  store: ['conversation', 'sealing'],
  reports: ['conversation', 'knowledge', 'sealing', 'store'],
  desk: ['reports', 'sealing', 'store'],
  accounts: ['reports', 'sealing', 'store'],
  insights: ['conversation', 'reports', 'sealing', 'store'],
  // what browsers load: of the channels only what page and server say to each other; the words and limits of rules, and how texts are compared
  pages: ['channels', 'desk', 'knowledge', 'matching', 'reports', 'sealing'],
  dialogue: ['conversation', 'store'],
  channels: [
    'accounts',
    'dialogue',
    'conversation',
    'config',
    'insights',
    'knowledge',
    'learning',
    'operations',
    'reports',
    'sealing',
    'store',
  ],
  operations: ['knowledge', 'learning'],
  evaluation: ['knowledge', 'learning', 'matching'],
};
const JOINING = ['main', 'cli'];

test('the imports are read: a file that is known, and what it is known to import', () => {
  expect(files.size).toBeGreaterThan(50);
  expect(files.get('src/cli/service.ts')?.own).toEqual(
    expect.arrayContaining(['src/dialogue/dialogue.ts', 'src/store/keys.ts']),
  );
  expect(files.get('src/channels/web/server.ts')?.packages).toContain('fastify');
  for (const [file, { own }] of files)
    for (const path of own.filter((name) => /\.tsx?$/.test(name)))
      expect([file, files.has(path)]).toEqual([file, true]);
});

describe('arrows', () => {
  test('every part of src/ has its arrows', () => {
    const parts = new Set([...files.keys()].map(partOf));
    expect([...parts].filter((part) => !JOINING.includes(part)).sort()).toEqual(Object.keys(ARROWS).sort());
  });

  test.each(Object.entries(ARROWS))('%s imports only %j', (part, allowed) => {
    const forbidden = [...files].flatMap(([file, { own }]) =>
      partOf(file) === part
        ? own
            .filter((path) => partOf(path) !== part && !allowed.includes(partOf(path)))
            .map((path) => `${file} -> ${path}`)
        : [],
    );
    expect(forbidden).toEqual([]);
  });

  test('nothing imports what joins the parts', () => {
    const upwards = [...files].flatMap(([file, { own }]) =>
      JOINING.includes(partOf(file))
        ? []
        : own.filter((path) => JOINING.includes(partOf(path))).map((path) => `${file} -> ${path}`),
    );
    expect(upwards).toEqual([]);
  });

  test('one channel does not know another', () => {
    const channelOf = (path: string) => /^src\/channels\/([^/]+)\//.exec(path)?.[1];
    const across = [...files].flatMap(([file, { own }]) => {
      const channel = channelOf(file);
      if (channel === undefined) return [];
      return own.filter((path) => ![undefined, channel].includes(channelOf(path))).map((path) => `${file} -> ${path}`);
    });
    expect(across).toEqual([]);
  });

  test('there are no circles', () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, way: readonly string[]) => {
      if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
      else if (!done.has(file)) {
        for (const next of files.get(file)?.own ?? []) visit(next, [...way, file]);
        done.add(file);
      }
    };
    for (const file of files.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe('packages', () => {
  const importers = (wanted: RegExp): string[] =>
    [...files].flatMap(([file, { packages }]) => (packages.some((name) => wanted.test(name)) ? [file] : []));

  test.each([
    [/^telegraf(?:\/|$)/, 'src/channels/telegram/'],
    [/^@whiskeysockets\/baileys(?:\/|$)/, 'src/channels/whatsapp/'],
  ])('%s only below %s', (wanted, folder) => {
    expect(importers(wanted).filter((file) => !file.startsWith(folder))).toEqual([]);
  });

  test('fastify only below src/channels/', () => {
    const found = importers(/^(?:@fastify\/|fastify(?:\/|$))/);
    expect(found).toContain('src/channels/web/server.ts');
    expect(found.filter((file) => !file.startsWith('src/channels/'))).toEqual([]);
  });

  test('the database only below src/store/', () => {
    expect(importers(/^(?:kysely|better-sqlite3|pg)(?:\/|$)/).filter((file) => !file.startsWith('src/store/'))).toEqual(
      [],
    );
  });

  test('sealing runs in browsers too: nothing of Node', () => {
    for (const [file, { packages }] of files) {
      if (partOf(file) !== 'sealing') continue;
      expect([file, packages.filter((name) => name.startsWith('node:'))]).toEqual([file, []]);
      expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(/\bBuffer\b|\bprocess\./);
    }
  });

  test('what pages share with the terminal runs in browsers too: nothing of Node, however far it reaches', () => {
    const values = (file: string): string[] =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)]
        .filter(([whole]) => !/^\s*(?:import|export)\s+type\b/.test(whole))
        .map((match) => match[1] ?? match[2] ?? '');
    const pages = readdirSync(join(ROOT, 'src/pages'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `src/pages/${name}`);
    const seen = new Set(pages);
    for (const file of seen) {
      const found = values(file);
      expect([file, found.filter((name) => name.startsWith('node:'))]).toEqual([file, []]);
      for (const name of found) if (/^\..*\.tsx?$/.test(name)) seen.add(normalize(join(dirname(file), name)));
    }
    expect([...seen]).toEqual(expect.arrayContaining(['src/desk/package-formats.ts', 'src/desk/deadlines.ts']));
  });

  test('matching is pure: no files, no network, no clock, no chance', () => {
    for (const [file, { packages }] of files) {
      if (partOf(file) !== 'matching') continue;
      expect([file, packages.filter((name) => name.startsWith('node:') && name !== 'node:zlib')]).toEqual([file, []]);
      expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(
        /Date\.now|new Date\(\)|Math\.random|performance\.now/,
      );
    }
  });

  test('the conversation has no network, no files and no clock of its own', () => {
    for (const [file, { packages }] of files) {
      if (partOf(file) !== 'conversation') continue;
      expect([file, packages.filter((name) => name.startsWith('node:'))]).toEqual([file, []]);
      expect(readFileSync(join(ROOT, file), 'utf8')).not.toMatch(/Date\.now|new Date\(\)|Math\.random|process\./);
    }
  });
});
