/** To whom a new case's key is wrapped. */
import type { Recipient } from 'age-encryption';
import type { Id } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import { type ActiveOfficer, activeOfficers } from '../store/reports/officers.ts';
import { GroupedReads } from './grouped-reads.ts';
import { nativeRecipient } from './native-keys.ts';

/** The id under which wraps for the key in the safe are stored. */
export const ESCROW: Id = 'escrow';

export interface Reader {
  readonly id: Id;
  readonly recipient: RecipientText;
  /** The office they belong to; none of the key in the safe. */
  readonly unit?: string;
}

export class Readers {
  readonly #officers: GroupedReads<undefined, ActiveOfficer[]>;
  readonly #escrow: Reader | undefined;
  readonly #read = new Map<RecipientText, Recipient>();

  /** Throws `SealError` where the escrow recipient is none. */
  constructor(db: Database, escrow: RecipientText | undefined) {
    this.#officers = new GroupedReads(async (asked) => {
      const officers = await activeOfficers(db);
      return asked.map(() => officers);
    });
    this.#escrow = escrow === undefined ? undefined : { id: ESCROW, recipient: escrow };
    if (this.#escrow) this.native(this.#escrow);
  }

  /**
   * Officers who read what comes in now, and the escrow key; empty where there is no officer: the safe alone answers nobody.
   * Units that take certain regions only get what is routed to them, unless all units are such.
   */
  async active(): Promise<readonly Reader[]> {
    const officers = takersOfAll(await this.#officers.get(undefined));
    return officers.length === 0 || this.#escrow === undefined ? officers : [...officers, this.#escrow];
  }

  /** The recipient with its keys read; they are few, and kept. */
  native({ recipient }: Reader): Recipient {
    const known = this.#read.get(recipient);
    if (known) return known;
    const read = nativeRecipient(recipient);
    this.#read.set(recipient, read);
    return read;
  }
}

function takersOfAll(officers: readonly ActiveOfficer[]): Reader[] {
  const general = officers.filter(({ regions }) => regions === null || regions.trim() === '');
  return (general.length > 0 ? general : officers).map(({ id, recipient, unit }) => ({
    id,
    recipient: recipient as RecipientText,
    unit,
  }));
}

/** The one unit that these readers belong to; empty where there are several. */
export function unitOf(readers: readonly Reader[]): string {
  const units = new Set(readers.flatMap(({ unit }) => (unit === undefined ? [] : [unit])));
  return units.size === 1 ? ([...units][0] ?? '') : '';
}
