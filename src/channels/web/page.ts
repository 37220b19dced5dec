import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./page/', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

/** The files of the chat page, read once: `index.html` at `/`, the others under their names. */
export function pageFiles(): Array<{ readonly path: string; readonly type: string; readonly body: Buffer }> {
  return readdirSync(FOLDER)
    .filter((name) => extname(name) in TYPES)
    .sort()
    .map((name) => ({
      path: name === 'index.html' ? '/' : `/${name}`,
      type: TYPES[extname(name)] as string,
      body: readFileSync(join(FOLDER, name)),
    }));
}
