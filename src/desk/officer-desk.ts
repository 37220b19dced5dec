/** One officer at work: what `Office` keeps sealed is opened and sealed here, with the identity that never leaves this process. */
import { dayOf } from '../reports/days.ts';
import { nativeRecipient } from '../reports/native-keys.ts';
import type {
  CaseRecord,
  CaseSummary,
  Changed,
  NewEntry,
  Office,
  Officer,
  Refusal,
  Status,
} from '../reports/office.ts';
import { randomId } from '../sealing/id.ts';
import { nickname } from '../sealing/receipt.ts';
import { type Identity, type RecipientText, sealEntry, wrapCaseKey } from '../sealing/seal.ts';
import { DeskError } from './errors.ts';
import { type OpenedCase, openCase, openKey } from './open-case.ts';

/** What it says to the officer where a change is refused. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  unknown: 'Kasus atau petugas itu tidak ada (lagi).',
  forbidden: 'Anda tidak berhak melakukan ini: kasus itu tidak bisa Anda buka, atau Anda sudah tidak bertugas.',
  stale: 'Sementara itu kasus ini berubah. Baca lagi dengan show, lalu ulangi.',
  'wrong-state': 'Tidak bisa dalam keadaan kasus sekarang. Lihat statusnya dengan show.',
};

/** The new version. @param wrongState what it means here. Throws {@link DeskError}. */
export function checked(changed: Changed, wrongState: string = REFUSALS['wrong-state']): number {
  if (changed.ok) return changed.version;
  const kind = changed.why === 'unknown' ? 'missing' : changed.why === 'stale' ? 'stale' : 'failed';
  throw new DeskError(kind, changed.why === 'wrong-state' ? wrongState : REFUSALS[changed.why]);
}

export class OfficerDesk {
  readonly office: Office;
  readonly officer: Officer;
  readonly #identity: Identity;
  readonly #now: () => number;

  constructor(office: Office, officer: Officer, identity: Identity, now: () => number = Date.now) {
    this.office = office;
    this.officer = officer;
    this.#identity = identity;
    this.#now = now;
  }

  cases(): Promise<readonly CaseSummary[]> {
    return this.office.cases(this.officer.id);
  }

  /** By nickname, id, or the first six characters of an id. Throws {@link DeskError}. */
  async find(name: string): Promise<CaseSummary> {
    const wanted = name.trim();
    const cases = await this.cases();
    const exact = cases.filter(({ id }) => id === wanted);
    const found =
      exact.length > 0
        ? exact
        : cases.filter(({ id }) => isNamed(id, wanted) || (wanted.length >= 6 && id.startsWith(wanted)));
    const only = found[0];
    if (only === undefined)
      throw new DeskError('missing', `Tidak ada kasus "${wanted}". Lihat nama-namanya dengan inbox --all.`);
    if (found.length > 1)
      throw new DeskError(
        'usage',
        `Ada ${found.length} kasus bernama "${wanted}". Sebut id-nya:\n${found.map(({ id, day }) => `  ${id}  (${day})`).join('\n')}`,
      );
    return only;
  }

  /** Reads and opens it; the reporter sees it as opened from now on. Throws {@link DeskError}. */
  async open(id: string): Promise<OpenedCase> {
    const record = await this.office.read(this.officer.id, id);
    if (record === undefined)
      throw new DeskError('missing', 'Kasus itu tidak ada (lagi), atau Anda sudah tidak bertugas.');
    return openCase(record, this.#identity);
  }

  /** Asks a reporter something or tells them; of a question, answers it into the chat that it came from. */
  async answer(opened: OpenedCase, text: string): Promise<number> {
    const { record } = opened;
    const to = [record.recipient, ...(record.kind === 'tip' ? record.reporters : [])];
    const entry = await this.#seal(opened, 'officer', text, to);
    return checked(
      record.kind === 'question'
        ? await this.office.answerQuestion(this.officer.id, record.id, record.version, text, entry)
        : await this.office.write(this.officer.id, record.id, record.version, entry),
      'Pertanyaan ini sudah dijawab, ditarik penanya, atau lewat 30 hari: alamatnya sudah dihapus.',
    );
  }

  /** A note between officers. */
  async note(opened: OpenedCase, text: string): Promise<number> {
    const { record } = opened;
    const entry = await this.#seal(opened, 'note', text, [record.recipient]);
    return checked(await this.office.write(this.officer.id, record.id, record.version, entry));
  }

  async setStatus(id: string, version: number, status: Status, reason: string): Promise<number> {
    return checked(
      await this.office.setStatus(this.officer.id, id, version, status, reason),
      'Status itu tidak bisa dipilih: sudah begitu, "baru" hanya dari pelapor, dan pertanyaan hanya bisa dibaca atau ditutup.',
    );
  }

  /** Writes into the audit chain that a package leaves the desk; before it does. */
  async exported(id: string, reason: string): Promise<number> {
    return checked(await this.office.exported(this.officer.id, id, reason));
  }

  async hold(id: string, reason: string): Promise<void> {
    checked(await this.office.hold(this.officer.id, id, reason), 'Anda sudah menahan kasus ini.');
  }

  async release(id: string): Promise<void> {
    checked(await this.office.release(this.officer.id, id), 'Anda tidak sedang menahan kasus ini.');
  }

  /**
   * Wraps case keys for a colleague. Gives how many were handed over and which did not open.
   * @param onProgress called after each case
   */
  async grant(
    ids: readonly string[],
    to: Officer,
    onProgress: (done: number, of: number) => void = () => {},
  ): Promise<{ readonly granted: number; readonly failed: readonly string[] }> {
    const recipient = nativeRecipient(to.recipient);
    const failed = new Set(ids);
    let done = 0;
    for await (const { id, wrapped } of this.office.peek(this.officer.id, ids, 0)) {
      try {
        const key = await openKey(id, wrapped, this.#identity);
        checked(await this.office.grant(this.officer.id, id, to.id, await wrapCaseKey(id, key, recipient)));
        failed.delete(id);
      } catch (error) {
        if (!(error instanceof DeskError)) throw error;
      }
      onProgress(++done, ids.length);
    }
    return { granted: ids.length - failed.size, failed: [...failed] };
  }

  /** The key of a case that was peeked at. Throws {@link DeskError}. */
  caseKey(id: string, wrapped: Uint8Array): Promise<Identity> {
    return openKey(id, wrapped, this.#identity);
  }

  async #seal(
    { record }: OpenedCase,
    author: NewEntry['author'],
    text: string,
    to: readonly RecipientText[],
  ): Promise<NewEntry> {
    const id = randomId();
    const { name: by } = this.officer;
    const sealed = await sealEntry(
      { case: record.id, id, author, part: 'text', day: dayOf(this.#now()), place: record.place, text, by },
      to.map(nativeRecipient),
    );
    return { id, author, sealed };
  }
}

/** True where a case has this id or this nickname: `Kuda-Biru` and `kuda  biru` are the same. */
export const isNamed = (id: string, name: string): boolean =>
  id === name || plainName(nickname(id)) === plainName(name);

const plainName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** What changed between two looks at a case, for somebody who was writing meanwhile. */
export const newEntriesSince = (before: CaseRecord, after: OpenedCase): OpenedCase['entries'] => {
  const known = new Set(before.contents.map(({ id }) => id));
  return after.entries.filter(({ id }) => !known.has(id));
};
