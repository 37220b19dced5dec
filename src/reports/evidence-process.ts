/** Cleans pictures for `evidence-cleaner.ts`, one after another, until nobody asks any more. */
import { writeFileSync } from 'node:fs';
import { type CleanedPicture, cleanPicture } from './evidence-picture.ts';
import type { PictureFormat } from './evidence-type.ts';

export interface PictureTask {
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
}
export type PictureAnswer = CleanedPicture;

try {
  // where memory runs out, Linux is to end this process and not the service
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // another system, or not allowed
}

process.on('message', async ({ bytes, format }: PictureTask) => {
  const answer: PictureAnswer = await cleanPicture(bytes, format);
  process.send?.(answer);
});
