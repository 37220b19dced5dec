/** The page's requests: to this server only, without cookies. */
import {
  type Failure,
  type Keys,
  type LookUp,
  type RegionList,
  type SealedAnswers,
  type Why,
  WORK_HEADER,
  type Work,
} from '../../channels/web/door/contract.ts';
import { sealer } from './sealing/sealer.ts';

/** `network`: no answer came. Otherwise the server's own word. */
export class DoorError extends Error {
  override name = 'DoorError';
  readonly why: Why | 'network';
  constructor(why: Why | 'network', message: string) {
    super(message);
    this.why = why;
  }
}

// built pages lie in `assets/`; the server may stand behind a path
const here = import.meta.url;
/** An address below the server's root. */
export const at = (path: string): string => new URL(`../${path}`, here).href;

const NO_ANSWER = 'Belum tersambung ke server.';
const NOT_READABLE = 'Ada gangguan di server kami.';

export const getKeys = (): Promise<Keys> => getJson('lapor/kunci.json');
export const getRegions = (): Promise<RegionList> => getJson('lapor/wilayah.json');

/** Gets a challenge and answers it, for {@link post}. */
export async function prove(): Promise<string> {
  const { challenge, bits } = await getJson<Work>('lapor/tantangan');
  return sealer.call('work', challenge, bits);
}

/** Sends a sealed case. Resolves when the server has stored it durably. */
export function post(body: Uint8Array<ArrayBuffer>, work: string, onProgress: (done: number) => void): Promise<void> {
  // `fetch` does not tell how far an upload is
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', at('lapor/kirim'));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader(WORK_HEADER, work);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded }) => onProgress(loaded / body.length);
    request.onload = () => (request.status === 200 ? resolve() : reject(failure(request.response)));
    request.onerror = () => reject(new DoorError('network', NO_ANSWER));
    request.send(body);
  });
}

export const look = (lookup: string): Promise<SealedAnswers> =>
  getJson('lapor/cek', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lookup } satisfies LookUp),
  });

async function getJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(at(path), { ...init, credentials: 'omit', cache: 'no-store' });
    body = await response.json();
  } catch {
    throw new DoorError('network', NO_ANSWER);
  }
  if (!response.ok) throw failure(body);
  return body as T;
}

function failure(body: unknown): DoorError {
  const { error, why } = (body ?? {}) as Partial<Failure>;
  return new DoorError(why ?? 'failed', error ?? NOT_READABLE);
}
