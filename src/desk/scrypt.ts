/** A text under a passphrase: a file that the `age` program opens too. */
import { Worker } from 'node:worker_threads';
import { armor } from 'age-encryption';
import type { ScryptResult, ScryptTask } from './scrypt-worker.ts';

/** Base-2 logarithm of scrypt's cost; age's own default. 256 MiB and about 1.5 s for every guess. */
export const WORK_FACTOR = 18;

/** Letters with marks in one form, single spaces: a passphrase read from paper may come with line breaks. */
const normalised = (passphrase: string): string => passphrase.normalize('NFKC').trim().replace(/\s+/g, ' ');

/** An armoured age file. @param workFactor lower only in tests */
export async function wrapText(text: string, passphrase: string, workFactor: number = WORK_FACTOR): Promise<string> {
  const done = await inWorker({ do: 'wrap', text, passphrase: normalised(passphrase), workFactor });
  if (done.kind !== 'file') throw new Error('the worker gave no file');
  return armor.encode(done.file);
}

/** The text again. `wrong`: another passphrase. `damaged`: no file of {@link wrapText}, or changed. */
export async function unwrapText(
  armoured: string,
  passphrase: string,
): Promise<Exclude<ScryptResult, { kind: 'file' }>> {
  let file: Uint8Array;
  try {
    file = armor.decode(armoured);
  } catch {
    return { kind: 'damaged' };
  }
  const done = await inWorker({ do: 'unwrap', file, passphrase: normalised(passphrase) });
  return done.kind === 'file' ? { kind: 'damaged' } : done;
}

function inWorker(task: ScryptTask): Promise<ScryptResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('scrypt-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}
