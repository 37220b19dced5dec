/** Runs age's passphrase encryption beside the main thread: scrypt takes a second or two, and nothing should freeze meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { Decrypter, Encrypter } from 'age-encryption';

export type ScryptTask =
  | { readonly do: 'wrap'; readonly text: string; readonly passphrase: string; readonly workFactor: number }
  | { readonly do: 'unwrap'; readonly file: Uint8Array; readonly passphrase: string };

/** `wrong`: not with this passphrase. `damaged`: no age file, or changed. */
export type ScryptResult =
  | { readonly kind: 'file'; readonly file: Uint8Array }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'wrong' | 'damaged' };

async function run(task: ScryptTask): Promise<ScryptResult> {
  if (task.do === 'wrap') {
    const encrypter = new Encrypter();
    encrypter.setScryptWorkFactor(task.workFactor);
    encrypter.setPassphrase(task.passphrase);
    return { kind: 'file', file: await encrypter.encrypt(task.text) };
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(task.passphrase);
  try {
    return { kind: 'text', text: await decrypter.decrypt(task.file, 'text') };
  } catch (error) {
    return { kind: error instanceof Error && /no identity matched/.test(error.message) ? 'wrong' : 'damaged' };
  }
}

parentPort?.postMessage(await run(workerData as ScryptTask));
