/** Files that people send to the bot, as the Bot API hands them over: by id to a path, by path to the bytes. */
import type { ServerResponse } from 'node:http';
import { Refusal } from './bot-api-checks.ts';
import type { Fault } from './bot-api-faults.ts';

/** Largest file that getFile gives. */
const LIMIT = 20 * 1024 * 1024;

export interface FakeFile {
  readonly file_id: string;
  readonly file_unique_id: string;
  readonly file_size: number;
}

interface Stored extends FakeFile {
  readonly bytes: Uint8Array;
  readonly path: string;
}

export class BotApiFiles {
  readonly #files = new Map<string, Stored>();

  /** @param size what Telegram says of it, where that is not the truth */
  add(bytes: Uint8Array, size: number = bytes.length): FakeFile {
    const number = this.#files.size + 1;
    const known = { file_id: `file-${number}`, file_unique_id: `u${number}`, file_size: size };
    this.#files.set(known.file_id, { ...known, bytes, path: `documents/file_${number}.bin` });
    return known;
  }

  /** getFile. Throws {@link Refusal}. */
  get(id: unknown): FakeFile & { readonly file_path: string } {
    const file = this.#files.get(String(id));
    if (!file) throw new Refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable');
    if (file.bytes.length > LIMIT) throw new Refusal(400, 'Bad Request: file is too big');
    const { bytes: _, path, ...known } = file;
    return { ...known, file_path: path };
  }

  /** The bytes under a path, or what goes wrong with them. */
  serve(path: string, fault: Fault | undefined, response: ServerResponse): void {
    const file = [...this.#files.values()].find((stored) => stored.path === path);
    if (!file) return void response.writeHead(404).end();
    switch (fault?.kind) {
      case 'silence':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'error':
        response.writeHead(fault.code).end();
        return;
      case 'lost-answer':
        response.writeHead(200, { 'content-length': file.bytes.length });
        response.write(file.bytes.subarray(0, file.bytes.length >> 1), () => response.socket?.resetAndDestroy());
        return;
      default:
        // without its length, so that who has a limit must count
        response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
    }
  }
}
