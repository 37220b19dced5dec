/** Files that somebody sends: looked at by their content, cleaned where they can be, and sealed. */
import { FileUnavailable, type IncomingFile } from '../conversation/message.ts';
import type { Origin } from '../conversation/origin.ts';
import type { Attached, Kept } from '../conversation/report-desk.ts';
import type { EntryFile } from '../sealing/entry.ts';
import type { Additions } from './add.ts';
import type { Core } from './core.ts';
import { type Drafts, isThere, type OpenDraft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { DRAFT_FILE_BYTES, DRAFT_FILES, FILES_AT_ONCE } from './limits.ts';
import { Memory } from './memory.ts';
import { Slots } from './slots.ts';

/** What looks at files and cleans them: `inspectEvidence` and `EVIDENCE_LIMIT`. */
export interface Inspector {
  inspect(bytes: Uint8Array, name: string | undefined): Promise<Evidence>;
  /** The most bytes of a file. */
  readonly limit: number;
}

/** A file that its owner was warned of. Only how to fetch it again is remembered. */
interface Warned {
  readonly file: IncomingFile;
  readonly to: 'draft' | 'case';
}

/** How long an answer to the warning is waited for, in milliseconds, and of how many chats. */
const WARNED = { time: 30 * 60 * 1000, most: 10_000 };

/** What becomes of the file once it was looked at. */
type Keep = (file: EntryFile) => Promise<Kept>;

export class Attachments {
  readonly #drafts: Drafts;
  readonly #additions: Additions;
  readonly #inspector: Inspector;
  readonly #warned: Memory<Warned>;
  readonly #slots = new Slots(FILES_AT_ONCE);

  constructor(core: Core, drafts: Drafts, additions: Additions, inspector: Inspector) {
    this.#drafts = drafts;
    this.#additions = additions;
    this.#inspector = inspector;
    this.#warned = new Memory(WARNED.time, WARNED.most, core.now);
  }

  /** To the draft. */
  attach(origin: Origin, file: IncomingFile): Promise<Attached> {
    return this.#toDraft(origin, file, false);
  }

  /** To the case that was opened by a receipt. */
  addFile(origin: Origin, file: IncomingFile): Promise<Attached> {
    return this.#toCase(origin, file, false);
  }

  async attachAnyway(origin: Origin): Promise<Attached> {
    const draft = await this.#drafts.find(origin);
    // delivered twice: it was taken, and is not remembered any more
    if (draft && isThere(draft, 'file', origin)) return { kind: 'kept', clean: false };
    if (await this.#additions.wasAdded(origin)) return { kind: 'kept', clean: false };
    const warned = this.#warned.get(origin.chat);
    if (!warned) return { kind: 'gone' };
    const attached =
      warned.to === 'draft'
        ? await this.#toDraft(origin, warned.file, true)
        : await this.#toCase(origin, warned.file, true);
    this.forget(origin);
    return attached;
  }

  forget(origin: Origin): void {
    this.#warned.delete(origin.chat);
  }

  async #toDraft(origin: Origin, file: IncomingFile, anyway: boolean): Promise<Attached> {
    const draft = await this.#drafts.find(origin);
    if (!draft) return { kind: 'gone' };
    if (isThere(draft, 'file', origin)) return { kind: 'kept', clean: !anyway };
    if (!hasRoom(draft)) return { kind: 'full' };
    const keep: Keep = (inspected) => this.#drafts.keep(origin, draft, 'file', '', inspected);
    return this.#take(origin, { file, to: 'draft' }, anyway, keep);
  }

  async #toCase(origin: Origin, file: IncomingFile, anyway: boolean): Promise<Attached> {
    if (!this.#additions.isOpen(origin)) return { kind: 'gone' };
    if (await this.#additions.wasAdded(origin)) return { kind: 'kept', clean: !anyway };
    const keep: Keep = (inspected) => this.#additions.add(origin, { part: 'file', text: '', file: inspected });
    return this.#take(origin, { file, to: 'case' }, anyway, keep);
  }

  #take(origin: Origin, warned: Warned, anyway: boolean, keep: Keep): Promise<Attached> {
    return this.#slots.run(async () => {
      const { inspect, limit } = this.#inspector;
      let bytes: Uint8Array;
      try {
        bytes = await warned.file.read(limit);
      } catch (error) {
        // whatever else it throws, the platform did not hand it over
        const why = error instanceof FileUnavailable ? error.why : 'unavailable';
        return { kind: 'refused', why };
      }
      const found = await inspect(bytes, warned.file.name);
      if (found.kind === 'refused') return { kind: 'refused', why: found.why };
      if (found.kind === 'warn' && !anyway) {
        this.#warned.set(origin.chat, warned);
        return { kind: 'warn', what: found.what };
      }
      const kept = await keep(found.file);
      if (kept === 'kept') return { kind: 'kept', clean: found.kind === 'clean' };
      return kept === 'gone' ? { kind: 'gone' } : { kind: 'full' };
    });
  }
}

function hasRoom({ slots }: OpenDraft): boolean {
  const files = slots.filter(({ slot }) => slot === 'file');
  return files.length < DRAFT_FILES && files.reduce((sum, { size }) => sum + size, 0) < DRAFT_FILE_BYTES;
}
