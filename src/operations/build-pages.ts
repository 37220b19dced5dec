/**
 * Builds the browser's pages below `src/pages/` with Vite. Vite is a development tool: a production image brings the built pages along.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Where built pages lie. */
export const PAGES_FOLDER = join(ROOT, 'dist', 'pages');
/** What was built from what, beside the pages. */
export const MANIFEST = 'manifest.json';

const SOURCES = join(ROOT, 'src', 'pages');
/** A page a line: its name, by which the server asks for it, and its HTML below `src/pages/`. */
const PAGES: Readonly<Record<string, string>> = {
  door: 'door/index.html',
  desk: 'desk/index.html',
};
/** Beside the sources, what decides on the result: the packages' versions, and how it is built. */
const OTHER_INPUTS = ['package-lock.json', 'src/operations/build-pages.ts'];

export interface Manifest {
  /** File of every page, by its name. */
  readonly pages: Readonly<Record<string, string>>;
  /** SHA-256 of every file of ours that went in, by its path from the root. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** SHA-256 of a file of ours; undefined where it is missing. */
export function fingerprintOf(path: string): string | undefined {
  const file = join(ROOT, path);
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : undefined;
}

/** Builds all pages, and puts them in the place of `folder` at once. Throws where a source does not compile. */
export async function buildPages(folder: string = PAGES_FOLDER): Promise<void> {
  const { build } = await import('vite');
  await mkdir(dirname(folder), { recursive: true });
  const outDir = await mkdtemp(`${folder}-`);
  const inputs = new Set(OTHER_INPUTS);
  try {
    await build({
      root: SOURCES,
      // the server may stand behind a path of a reverse proxy
      base: './',
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: 'error',
      plugins: [collect(inputs)],
      worker: { format: 'es', plugins: () => [collect(inputs)] },
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir,
        assetsDir: 'assets',
        assetsInlineLimit: 0,
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        target: 'es2022',
        rolldownOptions: {
          input: Object.fromEntries(Object.entries(PAGES).map(([name, html]) => [name, join(SOURCES, html)])),
        },
      },
    });
    const manifest: Manifest = {
      pages: PAGES,
      inputs: Object.fromEntries([...inputs].sort().map((path) => [path, fingerprintOf(path) ?? ''])),
    };
    await writeFile(join(outDir, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
    // made for its owner only; an image is built by root and run by another
    await chmod(outDir, 0o755);
    await replace(folder, outDir);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

/** Two processes may start at the same time: whoever is later wins. */
async function replace(folder: string, by: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await rm(folder, { recursive: true, force: true });
    try {
      return await rename(by, folder);
    } catch (error) {
      if (tries >= 5) throw error;
    }
  }
}

/** Notes the files of ours that are built in. */
function collect(inputs: Set<string>): Plugin {
  return {
    name: 'tanya-netral:inputs',
    enforce: 'pre',
    load(id) {
      const [file = ''] = id.split('?');
      const path = relative(ROOT, file);
      if (!path.startsWith('..') && !path.startsWith('node_modules') && existsSync(file))
        inputs.add(path.split(sep).join('/'));
      return null;
    },
  };
}
