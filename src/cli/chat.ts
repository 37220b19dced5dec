/** `npm run chat`: the conversation in this terminal. Nothing is stored, so no tips are taken either. */
import { createInterface } from 'node:readline/promises';
import { openTerminal } from '../channels/terminal/terminal.ts';
import { cacheFolder, loadEnvFile } from '../config.ts';
import { WITHOUT_REPORTS } from '../conversation/services.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge/load.ts';
import { loadBrain } from '../learning/brain.ts';
import { explainStartError } from './banner.ts';
import { trainingProgress } from './progress.ts';

try {
  loadEnvFile();
  const brain = await loadBrain(process.env.KNOWLEDGE_DIR?.trim() || KNOWLEDGE_FOLDER, {
    cache: cacheFolder(),
    onProgress: trainingProgress(),
  });
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true,
  });
  await openTerminal({
    lines,
    output: process.stdout,
    colours: process.stdout.isTTY === true,
    services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
  });
} catch (error) {
  explainStartError(error);
}
