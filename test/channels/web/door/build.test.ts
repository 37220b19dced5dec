/** The pages from source to server, as `npm run build` and `npm start` do it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { buildPages, MANIFEST, type Manifest } from '../../../../src/operations/build-pages.ts';
import { openPages, stateOf } from '../../../../src/operations/pages.ts';
import { builtPages } from '../../../support/door-services.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

// on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

/** A log that is read back: one object an event. */
function readableLog() {
  const lines: string[] = [];
  const log = pino({ base: null, timestamp: false }, { write: (line: string) => void lines.push(line) });
  return {
    log,
    events: () => lines.map((line) => JSON.parse(line) as { level: number; msg: string; repair?: string }),
  };
}

const change = (folder: string, to: (manifest: Manifest) => Manifest) => {
  const file = join(folder, MANIFEST);
  writeFileSync(file, JSON.stringify(to(JSON.parse(readFileSync(file, 'utf8')) as Manifest)));
};
/** As if a source had been changed since. */
const makeOld = (folder: string) =>
  change(folder, ({ inputs, ...manifest }) => ({ ...manifest, inputs: { ...inputs, 'src/pages/door/main.tsx': '-' } }));

describe('building', () => {
  test('it knows what it is made of, and when that has changed', async () => {
    const folder = join(tempFolder(), 'pages');
    expect(stateOf(folder)).toBe('missing');
    await buildPages(folder);
    expect(stateOf(folder)).toBe('fresh');
    const { inputs } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest;
    expect(Object.keys(inputs)).toEqual(
      expect.arrayContaining([
        'package-lock.json',
        'src/pages/door/index.html',
        'src/pages/door/door.css',
        'src/pages/door/main.tsx',
        'src/pages/door/sealing/worker.ts',
        'src/sealing/seal.ts',
        'src/channels/web/door/contract.ts',
      ]),
    );
    makeOld(folder);
    expect(stateOf(folder)).toBe('stale');
  });

  test('two at once leave whole pages', async () => {
    const folder = join(tempFolder(), 'pages');
    await Promise.all([buildPages(folder), buildPages(folder)]);
    expect(stateOf(folder)).toBe('fresh');
    expect((await openPages(pino({ level: 'silent' }), folder, false)).html('door')).toContain('<!--channels-->');
  });
});

describe('at the start', () => {
  test('missing and old pages are built, fresh ones are taken as they are', async () => {
    const folder = join(tempFolder(), 'pages');
    const { log, events } = readableLog();
    const pages = await openPages(log, folder);
    expect(pages.html('door')).toContain('./assets/');
    expect(pages.html('desk-of-nobody')).toBeUndefined();
    makeOld(folder);
    await openPages(log, folder);
    expect(stateOf(folder)).toBe('fresh');
    expect(events()).toEqual([]);

    // a mark that a build would remove
    writeFileSync(join(folder, 'assets', 'mark.js'), '// mark');
    expect((await openPages(log, folder)).assets.map(({ path }) => path)).toContain('assets/mark.js');
  });

  test('without Vite old pages are served with a warning, and missing ones are told with the repair', async () => {
    const folder = join(tempFolder(), 'pages');
    await buildPages(folder);
    makeOld(folder);
    const { log, events } = readableLog();
    expect((await openPages(log, folder, false)).html('door')).toBeDefined();
    expect(events()).toMatchObject([{ level: 40, repair: 'npm run build' }]);

    rmSync(folder, { recursive: true });
    const missing = readableLog();
    expect((await openPages(missing.log, folder, false)).html('door')).toBeUndefined();
    expect(missing.events()).toMatchObject([{ level: 50, repair: 'npm run build' }]);
  });
});

describe('what a first visit loads', () => {
  test('is small, and has no cryptography: that comes when somebody begins', async () => {
    const pages = await builtPages();
    const html = pages.html('door') ?? '';
    // what it imports is linked too, to be loaded at once
    const linked = pages.assets.filter(({ path }) => html.includes(path));
    const types = new Set(linked.map(({ type }) => type.split(';')[0]));
    expect([...types].sort()).toEqual(['image/svg+xml', 'text/css', 'text/javascript']);
    const bytes = linked.reduce((sum, { gzip }) => sum + gzip.length, gzipSync(html).length);
    expect(bytes).toBeLessThan(40_000);
    const scripts = linked.filter(({ type }) => type.startsWith('text/javascript')).map(({ body }) => body.toString());
    for (const script of scripts) {
      expect(script).not.toContain('age-encryption.org');
      for (const [, imported] of script.matchAll(/^import[^"]*"\.\/([^"]+)"/gm)) expect(html).toContain(imported);
    }
    const worker = pages.assets.find(({ body }) => body.includes('age-encryption.org'));
    expect(worker?.gzip.length).toBeLessThan(100_000);
  });

  test("is small for the officers' desk, too, with the worker that opens cases", async () => {
    const pages = await builtPages();
    const html = pages.html('desk') ?? '';
    const linked = pages.assets.filter(({ path }) => html.includes(path));
    const named = (path: string) => path.replace('assets/', '');
    const scripts = linked.map(({ body }) => body.toString()).join('\n');
    const worker = pages.assets.filter((asset) => !linked.includes(asset) && scripts.includes(named(asset.path)));
    expect(worker.length).toBeGreaterThan(0);
    const bytes = [...linked, ...worker].reduce((sum, { gzip }) => sum + gzip.length, gzipSync(html).length);
    expect(bytes).toBeLessThan(200_000);
  });

  test('has nothing in it that the strict policy forbids, and nothing of others', async () => {
    const html = (await builtPages()).html('door') ?? '';
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/);
    expect(html).not.toMatch(/(?:src|href)="(?!\.\/)/);
  });
});
