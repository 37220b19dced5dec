/** The inbox: what is there, with duplicates folded after they were opened on this machine. */
import type { CaseSummary } from '../reports/office.ts';
import type { Identity } from '../sealing/seal.ts';
import { DeskError } from './errors.ts';
import { foldAlike, type Group } from './likeness.ts';
import type { OfficerDesk } from './officer-desk.ts';
import { openEntries } from './open-case.ts';

/** Sealed entries up to this many bytes are compared: the smallest bucket, sealed to one recipient, takes less. Files are larger. */
const COMPARED = 8 * 1024;

/** What was compared before; while the desk is unlocked. */
export class TextCache {
  readonly #texts = new Map<string, string>();

  get(id: string, version: number): string | undefined {
    return this.#texts.get(`${id} ${version}`);
  }

  set(id: string, version: number, text: string): void {
    this.#texts.set(`${id} ${version}`, text);
  }

  clear(): void {
    this.#texts.clear();
  }
}

/**
 * Cases in groups of near-identical ones, newest change first. Only open cases that this officer can open are compared; nobody reads them, so
 * they do not count as opened.
 */
export async function foldedInbox(
  desk: OfficerDesk,
  cases: readonly CaseSummary[],
  cache: TextCache,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<readonly Group<CaseSummary>[]> {
  const comparable = cases.filter(({ readable, status }) => readable && status !== 'closed');
  const wanted = comparable.filter(({ id, version }) => cache.get(id, version) === undefined);
  let done = 0;
  if (wanted.length > 0)
    for await (const { id, version, wrapped, entries } of desk.office.peek(
      desk.officer.id,
      wanted.map(({ id: wantedId }) => wantedId),
      COMPARED,
    )) {
      cache.set(id, version, await textOf(desk, id, wrapped, entries));
      onProgress(++done, wanted.length);
    }
  return foldAlike(cases, ({ id, version, kind }) => {
    const text = cache.get(id, version) ?? '';
    return text === '' ? '' : `${kind} ${text}`;
  });
}

/** What a reporter wrote, in one piece; empty where it does not open: then it stands alone. */
async function textOf(
  desk: OfficerDesk,
  id: string,
  wrapped: Uint8Array,
  sealed: Parameters<typeof openEntries>[1],
): Promise<string> {
  let key: Identity;
  try {
    key = await desk.caseKey(id, wrapped);
  } catch (error) {
    if (error instanceof DeskError) return '';
    throw error;
  }
  const { entries } = openEntries(
    id,
    sealed.filter(({ author }) => author === 'reporter'),
    key,
  );
  return entries
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '')
    .join('\n');
}
