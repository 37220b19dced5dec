/**
 * Tanya Netral: the entry. Node keeps what it compiled beside the models, which saves a fifth of the time to start; only what is loaded after
 * that is kept, so the service itself is loaded then.
 */
import { mkdirSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheFolder, loadEnvFile } from './config.ts';

function keepCompiled(): void {
  // with arguments it is only asked for help
  if (process.argv.length > 2) return;
  try {
    loadEnvFile();
    // the data folder holds the server's key: it is made as the store makes it
    mkdirSync(cacheFolder(), { recursive: true, mode: 0o700 });
    enableCompileCache(join(cacheFolder(), 'code'));
  } catch {
    // what is wrong with settings or folder is told by the service
  }
}

keepCompiled();
await import('./cli/service.ts');
flushCompileCache();
