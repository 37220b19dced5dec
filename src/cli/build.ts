/** `npm run build`: the pages of the browser, into `dist/pages/` or the folder that is named. */
import { resolve } from 'node:path';
import { buildPages, PAGES_FOLDER } from '../operations/build-pages.ts';

const [folder] = process.argv.slice(2);
try {
  await buildPages(folder === undefined ? PAGES_FOLDER : resolve(folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
