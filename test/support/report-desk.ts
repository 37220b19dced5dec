/**
 * A desk in memory that behaves as `ReportDesk` says, for tests of the conversation that need to see what was told or to force a
 * result. Whatever a transcript plays, it plays on the real one (test/support/reports.ts).
 */
import type { IncomingFile } from '../../src/conversation/message.ts';
import type { Origin } from '../../src/conversation/origin.ts';
import type {
  Admission,
  Attached,
  Draft,
  Kept,
  News,
  ReportDesk,
  Slot,
  Submitted,
} from '../../src/conversation/report-desk.ts';
import { holdsReceipt, makeReceipt, type Receipt } from '../../src/sealing/receipt.ts';

const DAY = 24 * 60 * 60 * 1000;

interface Part {
  readonly slot: Slot | 'files';
  readonly text: string;
  readonly update: string | undefined;
}

interface OpenDraft {
  readonly parts: Part[];
  readonly until: number;
}

interface Case {
  readonly parts: readonly Part[];
  readonly added: string[];
  readonly news: News[];
  readonly receipts: Receipt[];
}

/** Results to give instead of doing anything, by method. */
export interface Forced {
  admission?: Admission;
  write?: Kept;
  attach?: Attached;
  look?: 'limit';
  ask?: Admission;
  askMore?: Kept;
  submit?: Submitted;
}

export class MemoryDesk implements ReportDesk {
  readonly forced: Forced = {};
  readonly drafts = new Map<string, OpenDraft>();
  readonly cases: Case[] = [];
  /** Questions that an officer holds, by chat. */
  readonly questions = new Map<string, string[]>();
  /** Addresses as they were given with a question. */
  readonly addresses: string[] = [];
  #memory = new Map<string, string>();
  #pending = new Map<string, { readonly case: Case; words: readonly [string, string] }>();
  #opened = new Map<string, Case>();
  #warned = new Map<string, IncomingFile>();
  readonly #now: () => number;

  constructor(now: () => number = () => 0) {
    this.#now = now;
  }

  /** Forgets what is in memory only, as a restart does. */
  restart(): void {
    this.#memory = new Map();
    this.#pending = new Map();
    this.#opened = new Map();
    this.#warned = new Map();
  }

  /** Texts of a chat's draft, by question. */
  told(chat: string, slot: Slot | 'files'): string[] {
    return (this.drafts.get(chat)?.parts ?? []).filter((part) => part.slot === slot).map(({ text }) => text);
  }

  async admission(): Promise<Admission> {
    return this.forced.admission ?? 'open';
  }

  async begin({ chat }: Origin): Promise<Admission> {
    const admission = await this.admission();
    if (admission === 'open' && !this.#draft(chat)) this.drafts.set(chat, { parts: [], until: this.#now() + DAY });
    return admission;
  }

  async draft({ chat }: Origin): Promise<Draft | undefined> {
    const draft = this.#draft(chat);
    if (!draft) return undefined;
    const count = (slot: Slot | 'files') => draft.parts.filter((part) => part.slot === slot).length;
    const filled = { what: count('what'), who: count('who'), where: count('where'), when: count('when') };
    return { filled, files: count('files') };
  }

  async write(origin: Origin, slot: Slot, text: string): Promise<Kept> {
    if (this.forced.write) return this.forced.write;
    if (holdsReceipt(text)) return 'receipt';
    return this.#keep(origin, slot, text);
  }

  async attach(origin: Origin, file: IncomingFile): Promise<Attached> {
    if (!this.#draft(origin.chat)) return { kind: 'gone' };
    const forced = this.forced.attach;
    if (forced?.kind === 'warn') this.#warned.set(origin.chat, file);
    if (forced && forced.kind !== 'kept') return forced;
    this.#keep(origin, 'files', file.name ?? 'file');
    return forced ?? { kind: 'kept', clean: true };
  }

  async attachAnyway(origin: Origin): Promise<Attached> {
    const file = this.#warned.get(origin.chat);
    if (!file) return { kind: 'gone' };
    this.#warned.delete(origin.chat);
    const opened = this.#opened.get(origin.chat);
    if (opened) opened.added.push(file.name ?? 'file');
    else this.#keep(origin, 'files', file.name ?? 'file');
    return { kind: 'kept', clean: false };
  }

  async clear({ chat }: Origin, what: Slot | 'files'): Promise<void> {
    const parts = this.#draft(chat)?.parts ?? [];
    parts.splice(0, parts.length, ...parts.filter(({ slot }) => slot !== what));
  }

  async cancel({ chat }: Origin): Promise<void> {
    this.drafts.delete(chat);
  }

  async submit({ chat }: Origin): Promise<Submitted> {
    if (this.forced.submit) return this.forced.submit;
    const draft = this.#draft(chat);
    const made = draft ? { parts: [...draft.parts], added: [], news: [], receipts: [] } : this.#pending.get(chat)?.case;
    if (!made) return { kind: 'gone' };
    if (made.parts.length === 0) return { kind: 'empty' };
    if (draft) this.cases.push(made);
    this.drafts.delete(chat);
    const receipt = makeReceipt();
    made.receipts.push(receipt);
    const words = receipt.split(' ');
    this.#pending.set(chat, { case: made, words: [words[2] ?? '', words[7] ?? ''] });
    return { kind: 'receipt', receipt, ask: [3, 8] };
  }

  async confirm({ chat }: Origin, [one, two]: readonly [string, string]): Promise<'right' | 'wrong' | 'forgotten'> {
    const pending = this.#pending.get(chat);
    if (!pending) return 'forgotten';
    if (pending.words[0] !== one || pending.words[1] !== two) return 'wrong';
    this.#pending.delete(chat);
    return 'right';
  }

  async forget({ chat }: Origin): Promise<void> {
    this.#pending.delete(chat);
  }

  async look({ chat }: Origin, receipt: Receipt): Promise<readonly News[] | 'limit'> {
    if (this.forced.look) return this.forced.look;
    const found = this.cases.find(({ receipts }) => receipts.includes(receipt));
    const opened = found ?? { parts: [], added: [], news: [], receipts: [receipt] };
    if (!found) this.cases.push(opened);
    this.#opened.set(chat, opened);
    return opened.news;
  }

  async add({ chat }: Origin, text: string): Promise<Kept> {
    const opened = this.#opened.get(chat);
    if (!opened) return 'gone';
    if (this.forced.write) return this.forced.write;
    opened.added.push(text);
    return 'kept';
  }

  async addFile({ chat }: Origin, file: IncomingFile): Promise<Attached> {
    const opened = this.#opened.get(chat);
    if (!opened) return { kind: 'gone' };
    const forced = this.forced.attach;
    if (forced?.kind === 'warn') this.#warned.set(chat, file);
    if (forced && forced.kind !== 'kept') return forced;
    opened.added.push(file.name ?? 'file');
    return forced ?? { kind: 'kept', clean: true };
  }

  async ask({ chat, address }: Origin, text: string): Promise<Admission> {
    const admission = this.forced.ask ?? (await this.admission());
    if (admission !== 'open') return admission;
    this.questions.set(chat, [text]);
    this.addresses.push(address);
    return 'open';
  }

  async askMore({ chat }: Origin, text: string): Promise<Kept> {
    if (this.forced.askMore) return this.forced.askMore;
    const question = this.questions.get(chat);
    question?.push(text);
    return question ? 'kept' : 'gone';
  }

  async withdraw({ chat }: Origin): Promise<void> {
    this.questions.delete(chat);
  }

  remember({ chat }: Origin, key: string, value: string | undefined): void {
    if (value === undefined) this.#memory.delete(`${chat} ${key}`);
    else this.#memory.set(`${chat} ${key}`, value);
  }

  recall({ chat }: Origin, key: string): string | undefined {
    return this.#memory.get(`${chat} ${key}`);
  }

  #draft(chat: string): OpenDraft | undefined {
    const draft = this.drafts.get(chat);
    return draft && draft.until > this.#now() ? draft : undefined;
  }

  #keep({ chat, update }: Origin, slot: Slot | 'files', text: string): Kept {
    const parts = this.#draft(chat)?.parts;
    if (!parts) return 'gone';
    const again = update !== undefined && parts.some((part) => part.update === update && part.slot === slot);
    if (!again) parts.push({ slot, text, update });
    return 'kept';
  }
}
