/** The built pages, for the server: brought up to date at the start, then kept in memory. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { fingerprintOf, MANIFEST, type Manifest, PAGES_FOLDER, ROOT } from './build-pages.ts';
import { describeError, type Logger } from './log.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const REPAIR = 'npm run build';

export interface Asset {
  /** Path below the server's root: `assets/door-Dx3k.js`. Its name changes with its content. */
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
  readonly gzip: Buffer;
}

export interface Pages {
  /** A page's HTML by its name, with its links relative to the server's root (`./assets/...`); undefined where it is not built. */
  html(name: string): string | undefined;
  readonly assets: readonly Asset[];
}

/** As if nothing was built. */
export const NO_PAGES: Pages = { html: () => undefined, assets: [] };

/**
 * Builds the pages where they are missing or older than their sources and Vite is installed, in a process of its own so that its
 * memory is not kept; then reads them. What stands in the way is logged with its repair, and old pages are better than none.
 */
export async function openPages(
  log: Logger,
  folder: string = PAGES_FOLDER,
  canBuild: boolean = hasVite(),
): Promise<Pages> {
  const state = stateOf(folder);
  if (state !== 'fresh') {
    if (canBuild) await build(log, folder);
    else if (state === 'stale')
      log.warn({ repair: REPAIR }, 'the pages are older than their sources, and vite is not installed');
  }
  const pages = await read(folder);
  if (pages !== undefined) return pages;
  log.error({ repair: REPAIR }, 'the pages are not built: /lapor tells its visitors so');
  return NO_PAGES;
}

/** For as long as another process may take to put its pages in the place of these. */
const PATIENCE = { tries: 5, milliseconds: 100 };

async function read(folder: string): Promise<Pages | undefined> {
  for (let tries = 1; tries <= PATIENCE.tries; tries += 1) {
    try {
      const manifest = readManifest(folder);
      if (manifest !== undefined) return readPages(folder, manifest);
    } catch {
      // gone between the two: once more
    }
    await sleep(PATIENCE.milliseconds);
  }
  return undefined;
}

/** Whether the pages are what their sources say. */
export function stateOf(folder: string): 'fresh' | 'stale' | 'missing' {
  const manifest = readManifest(folder);
  if (manifest === undefined) return 'missing';
  return Object.entries(manifest.inputs).every(([path, hash]) => fingerprintOf(path) === hash) ? 'fresh' : 'stale';
}

function readManifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

function readPages(folder: string, { pages }: Manifest): Pages {
  const html = new Map(Object.entries(pages).map(([name, file]) => [name, readFileSync(join(folder, file), 'utf8')]));
  const assets = readdirSync(join(folder, 'assets'))
    .filter((name) => extname(name) in TYPES)
    .map((name): Asset => {
      const body = readFileSync(join(folder, 'assets', name));
      const gzip = gzipSync(body, { level: 9 });
      return { path: `assets/${name}`, type: TYPES[extname(name)] as string, body, gzip };
    });
  // Vite writes links as seen from the page's own folder; the server gives pages other addresses
  return { html: (name) => html.get(name)?.replaceAll(/"(?:\.\.?\/)+assets\//g, '"./assets/'), assets };
}

function hasVite(): boolean {
  try {
    createRequire(import.meta.url).resolve('vite/package.json');
    return existsSync(join(ROOT, 'src', 'pages'));
  } catch {
    return false;
  }
}

async function build(log: Logger, folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'src', 'cli', 'build.ts'), folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) log.error({ repair: REPAIR, said }, 'the pages could not be built');
  } catch (error) {
    log.error({ repair: REPAIR, err: describeError(error) }, 'the pages could not be built');
  }
}
