/** What both doors of the reports share: one of each for a process, so that limits and groups hold for all. */
import type { Recipient } from 'age-encryption';
import type { Origin } from '../conversation/origin.ts';
import type { Admission } from '../conversation/report-desk.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import type { Change } from '../store/reports/change.ts';
import { isMarked } from '../store/reports/marks.ts';
import { type DayKey, DayKeys } from './day-keys.ts';
import { dayOf } from './days.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { type CountedOfNetwork, Limits } from './limits.ts';
import { Memory } from './memory.ts';
import { nativeRecipient } from './native-keys.ts';
import { type Reader, Readers } from './readers.ts';
import { ROOM_FOR_A_CASE, Storage } from './storage.ts';

export interface CoreDependencies {
  readonly database: Database;
  readonly key: ServerKey;
  readonly now: () => number;
  /** A further recipient of every case key. */
  readonly escrow: RecipientText | undefined;
  /** The most bytes that sealed reports may take up together. */
  readonly storageBytes: number;
  /** Adds to the change that officers are to be told of something new. */
  readonly notice?: ((change: Pick<Change, 'trx'>) => Promise<void>) | undefined;
}

/** A chat under the names that it has now. */
export interface NamedChat {
  readonly today: string;
  /** Today's name first, then yesterday's. */
  readonly names: readonly string[];
  readonly keys: readonly DayKey[];
}

/** Public keys of cases that are being written to, read once; in milliseconds and in number. */
const RECIPIENTS = { time: 10 * 60 * 1000, most: 500 };

export class Core {
  readonly database: Database;
  readonly key: ServerKey;
  readonly now: () => number;
  readonly readers: Readers;
  readonly dayKeys: DayKeys;
  readonly writes: GroupedWrites;
  readonly limits = new Limits();
  readonly storage: Storage;
  readonly #notice: (change: Pick<Change, 'trx'>) => Promise<void>;
  readonly #recipients: Memory<Recipient>;

  /** Throws `SealError` where the escrow recipient is none. */
  constructor({ database, key, now, escrow, storageBytes, notice }: CoreDependencies) {
    this.database = database;
    this.key = key;
    this.now = now;
    this.readers = new Readers(database, escrow);
    this.dayKeys = new DayKeys(database, key, now);
    this.writes = new GroupedWrites(database);
    this.storage = new Storage(database, storageBytes);
    this.#notice = notice ?? (async () => {});
    this.#recipients = new Memory(RECIPIENTS.time, RECIPIENTS.most, now);
  }

  today(): string {
    return dayOf(this.now());
  }

  async named(origin: Origin): Promise<NamedChat> {
    const keys = await this.dayKeys.recent();
    const names = keys.map((key) => key.name('chat', origin.chat));
    return { today: names[0] as string, names, keys };
  }

  /** Room for so many more sealed bytes: in the store, and of what one network may send in a day. Counts them. */
  async fits(origin: Origin, bytes: number): Promise<boolean> {
    if (!(await this.storage.fits(bytes))) return false;
    return this.countOfNetwork('kibibytes', origin, Math.ceil(bytes / 1024));
  }

  /** Counts what comes from the network, where the channel sees one; false where it was too much. */
  async countOfNetwork(what: CountedOfNetwork, { network }: Origin, points?: number): Promise<boolean> {
    if (network === undefined) return true;
    return this.limits.countOfNetwork(what, (await this.dayKeys.today()).name('limit', network), points);
  }

  /** Could something new be taken in, whoever sends it? */
  async admission(active?: readonly Reader[]): Promise<Exclude<Admission, 'limit'>> {
    if ((active ?? (await this.readers.active())).length === 0) return 'nobody';
    return (await this.storage.fits(ROOM_FOR_A_CASE)) ? 'open' : 'full';
  }

  /** The case's recipient, with its keys read. */
  native(recipient: string): Recipient {
    const known = this.#recipients.get(recipient);
    if (known) return known;
    const read = nativeRecipient(recipient as RecipientText);
    this.#recipients.set(recipient, read);
    return read;
  }

  /** The name under which the work of this update is marked as done; undefined where an update cannot come twice. */
  async doneName({ update }: Origin, work: string): Promise<string | undefined> {
    return update === undefined ? undefined : (await this.dayKeys.today()).name('done', `${work}\u0000${update}`);
  }

  /** True where the work of this update was done before, today or yesterday. */
  async isDone({ update }: Origin, work: string): Promise<boolean> {
    if (update === undefined) return false;
    const keys = await this.dayKeys.recent();
    return isMarked(
      this.database,
      keys.map((key) => key.name('done', `${work}\u0000${update}`)),
    );
  }

  /** In a change by a reporter: into the audit chain, with the day alone, and to the officers. */
  tell(change: Change, event: 'submitted' | 'added' | 'asked', caseId: string): void {
    change.audit({ at: this.today(), actor: 'reporter', event, case: caseId });
    change.lastly('notice', (trx) => this.#notice({ trx }));
  }
}
