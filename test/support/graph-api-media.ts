/** Files that people send, as the Graph API hands them over: an id, an address that is good for five minutes, the bytes. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Payload, Refusal } from './graph-api-checks.ts';

/** What goes wrong with a file. */
export type MediaFault =
  /** The address has expired when it is used, this often. */
  | { readonly kind: 'expired'; readonly times: number }
  /** Meta has deleted it. */
  | { readonly kind: 'deleted' }
  /** Half of the bytes, and then the connection breaks, this often. */
  | { readonly kind: 'broken'; readonly times: number }
  /** Its address is elsewhere. */
  | { readonly kind: 'elsewhere'; readonly url: string }
  /** Its address leads elsewhere. */
  | { readonly kind: 'redirect'; readonly url: string }
  /** Meta says another size. */
  | { readonly kind: 'size'; readonly said: number };

interface Stored {
  readonly bytes: Uint8Array;
  readonly fault: MediaFault | undefined;
  readonly address: string;
  times: number;
}

export class Media {
  readonly #files = new Map<string, Stored>();
  /** How often an address was asked for, or bytes. */
  asked = 0;

  /** Puts a file at Meta. Returns its id. */
  add(bytes: Uint8Array, fault?: MediaFault): string {
    const id = String(8_800_000 + this.#files.size);
    const times = fault && 'times' in fault ? fault.times : 0;
    this.#files.set(id, { bytes, fault, times, address: `/attachments/${randomBytes(9).toString('hex')}` });
    return id;
  }

  /** Answers, where the path is one of a file's. Throws {@link Refusal}. */
  serve(request: IncomingMessage, origin: string, response: ServerResponse): boolean {
    const url = new URL(request.url ?? '/', origin);
    const file = [...this.#files.values()].find(({ address }) => address === url.pathname);
    if (file) {
      this.asked++;
      // Meta turns away who does not say what they are
      if (!request.headers['user-agent'] || request.headers['user-agent'] === 'node')
        throw new Refusal(403, 200, 'forbidden');
      this.#send(file, response);
      return true;
    }
    const [, id = ''] = /^\/v23\.0\/(88\d+)$/.exec(url.pathname) ?? [];
    if (id === '') return false;
    this.asked++;
    const known = JSON.stringify(this.#describe(id, origin));
    response.writeHead(200, { 'content-type': 'application/json' }).end(known);
    return true;
  }

  #describe(id: string, origin: string): Payload {
    const file = this.#files.get(id);
    if (!file || file.fault?.kind === 'deleted')
      throw new Refusal(400, 100, `Unsupported get request. Object with ID '${id}' does not exist`);
    const { bytes, fault, address } = file;
    const url = fault?.kind === 'elsewhere' ? fault.url : `${origin}${address}`;
    // a number, or a number in a string: Meta does both
    const size = fault?.kind === 'size' ? fault.said : String(bytes.length);
    return { messaging_product: 'whatsapp', id, url, file_size: size, mime_type: 'x/x', sha256: 'x' };
  }

  #send(file: Stored, response: ServerResponse): void {
    const { bytes, fault } = file;
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.url }).end();
    if (file.times > 0) {
      file.times--;
      if (fault?.kind === 'expired') return void response.writeHead(404).end();
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.resetAndDestroy());
      return;
    }
    // without its length, so that who has a limit must count
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
  }
}
