import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PictureCleaner } from '../../src/reports/evidence-cleaner.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { slope } from './evidence-files.ts';

const photo = await slope(400, 300).jpeg().toBuffer();

/** A program that does this with each picture: `bytes` and `answer` are at hand. */
function program(does: string): URL {
  const path = join(tempFolder(), 'program.mjs');
  writeFileSync(
    path,
    `const answer = (what) => process.send(what);\nprocess.on('message', ({ bytes }) => { ${does} });\n`,
  );
  return pathToFileURL(path);
}

/** Ids of this process's children that run the program. */
const running = (name: string): string[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(name));

afterEach(() => vi.unstubAllEnvs());

describe('pictures are cleaned in a process of their own', () => {
  test('many, one after another, in one process, which ends when there are no more', async () => {
    const cleaner = new PictureCleaner({ idle: 50 });
    const made = await Promise.all(Array.from({ length: 6 }, () => cleaner.clean(photo, 'jpeg')));
    for (const file of made) expect(file).toMatchObject({ name: 'foto.jpg', type: 'image/jpeg' });
    await vi.waitFor(() => expect(running('evidence-process')).toEqual([]), { timeout: 20_000 });
    expect(await cleaner.clean(photo, 'jpeg')).toMatchObject({ name: 'foto.jpg' });
    await vi.waitFor(() => expect(running('evidence-process')).toEqual([]), { timeout: 20_000 });
  });

  test('never two at a time', async () => {
    const busy = `
      if (globalThis.working) answer('two at a time');
      globalThis.working = true;
      setTimeout(() => { globalThis.working = false; answer('too-big'); }, 20);`;
    const cleaner = new PictureCleaner({ program: program(busy) });
    const made = await Promise.all(Array.from({ length: 5 }, () => cleaner.clean(photo, 'jpeg')));
    expect(made).toEqual(Array.from({ length: 5 }, () => 'too-big'));
  });

  test('one that breaks the process is unreadable; the next one is cleaned', async () => {
    const breaks = `if (bytes.length === 3) process.kill(process.pid, 'SIGSEGV'); else answer('too-big');`;
    const cleaner = new PictureCleaner({ program: program(breaks) });
    const made = await Promise.all([4, 3, 4, 3, 3, 4].map((length) => cleaner.clean(new Uint8Array(length), 'webp')));
    expect(made).toEqual(['too-big', 'unreadable', 'too-big', 'unreadable', 'unreadable', 'too-big']);
  });

  test('one that never ends is given up, and its process with it', async () => {
    const path = program('while (true);');
    const cleaner = new PictureCleaner({ program: path, patience: 300 });
    expect(await cleaner.clean(photo, 'jpeg')).toBe('unreadable');
    await vi.waitFor(() => expect(running(path.pathname)).toEqual([]), { timeout: 20_000 });
  });

  test('a program that cannot be started makes everything unreadable, and nothing throws', async () => {
    const cleaner = new PictureCleaner({ program: pathToFileURL(join(tempFolder(), 'is-not-there.mjs')) });
    expect(await cleaner.clean(photo, 'jpeg')).toBe('unreadable');
    expect(await cleaner.clean(photo, 'jpeg')).toBe('unreadable');
  });

  test('the process gets no setting and no secret of the service', async () => {
    vi.stubEnv('TELEGRAM_BOT_TOKEN', '123:secret');
    vi.stubEnv('DATABASE_URL', 'postgres://user:secret@host/db');
    const cleaner = new PictureCleaner({
      program: program('answer({ name: JSON.stringify(process.env), type: "", bytes })'),
    });
    const told = await cleaner.clean(photo, 'jpeg');
    if (typeof told === 'string') throw new Error(told);
    expect(Object.keys(JSON.parse(told.name) as object).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([
      'MALLOC_ARENA_MAX',
      'UV_THREADPOOL_SIZE',
    ]);
  });
});
