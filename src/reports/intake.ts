/** The chats' door: what the conversation needs of the reports. One file a task; here they are joined. */
import type { IncomingFile } from '../conversation/message.ts';
import type { Origin } from '../conversation/origin.ts';
import type {
  Admission,
  Attached,
  Draft,
  Kept,
  News,
  ReportDesk,
  Slot,
  Submitted,
} from '../conversation/report-desk.ts';
import type { Receipt } from '../sealing/receipt.ts';
import { Additions } from './add.ts';
import { Attachments, type Inspector } from './attach.ts';
import type { Core } from './core.ts';
import { Drafts } from './draft.ts';
import { look } from './look.ts';
import { Memory } from './memory.ts';
import { Questions } from './questions.ts';
import { Submissions } from './submit.ts';

/** What flows remember between two messages: in milliseconds and in number. */
const REMEMBERED = { time: 30 * 60 * 1000, most: 40_000 };

export class Intake implements ReportDesk {
  readonly #core: Core;
  readonly #drafts: Drafts;
  readonly #submissions: Submissions;
  readonly #additions: Additions;
  readonly #attachments: Attachments;
  readonly #questions: Questions;
  readonly #remembered: Memory<string>;

  constructor(core: Core, inspector: Inspector) {
    this.#core = core;
    this.#drafts = new Drafts(core);
    this.#submissions = new Submissions(core, this.#drafts);
    this.#additions = new Additions(core);
    this.#attachments = new Attachments(core, this.#drafts, this.#additions, inspector);
    this.#questions = new Questions(core);
    this.#remembered = new Memory(REMEMBERED.time, REMEMBERED.most, core.now);
  }

  admission(origin: Origin): Promise<Admission> {
    return this.#drafts.admission(origin);
  }

  begin(origin: Origin): Promise<Admission> {
    return this.#drafts.begin(origin);
  }

  draft(origin: Origin): Promise<Draft | undefined> {
    return this.#drafts.summary(origin);
  }

  write(origin: Origin, slot: Slot, text: string): Promise<Kept> {
    return this.#drafts.write(origin, slot, text);
  }

  attach(origin: Origin, file: IncomingFile): Promise<Attached> {
    return this.#attachments.attach(origin, file);
  }

  attachAnyway(origin: Origin): Promise<Attached> {
    return this.#attachments.attachAnyway(origin);
  }

  clear(origin: Origin, what: Slot | 'files'): Promise<void> {
    return this.#drafts.clear(origin, what);
  }

  async cancel(origin: Origin): Promise<void> {
    this.#attachments.forget(origin);
    await this.#drafts.cancel(origin);
  }

  submit(origin: Origin): Promise<Submitted> {
    return this.#submissions.submit(origin);
  }

  confirm(origin: Origin, words: readonly [string, string]): Promise<'right' | 'wrong' | 'forgotten'> {
    return this.#submissions.confirm(origin, words);
  }

  async forget(origin: Origin): Promise<void> {
    this.#additions.close(origin);
    this.#attachments.forget(origin);
    await this.#submissions.forget(origin);
  }

  async look(origin: Origin, receipt: Receipt): Promise<readonly News[] | 'limit'> {
    const found = await look(this.#core, origin, receipt);
    if (found === 'limit') return found;
    this.#additions.open(origin, found.looked);
    return found.news;
  }

  add(origin: Origin, text: string): Promise<Kept> {
    return this.#additions.addText(origin, text);
  }

  addFile(origin: Origin, file: IncomingFile): Promise<Attached> {
    return this.#attachments.addFile(origin, file);
  }

  ask(origin: Origin, text: string): Promise<Admission> {
    return this.#questions.ask(origin, text);
  }

  askMore(origin: Origin, text: string): Promise<Kept> {
    return this.#questions.askMore(origin, text);
  }

  withdraw(origin: Origin): Promise<void> {
    return this.#questions.withdraw(origin);
  }

  remember(origin: Origin, key: string, value: string | undefined): void {
    const name = remembered(origin, key);
    if (value === undefined) this.#remembered.delete(name);
    else this.#remembered.set(name, value);
  }

  recall(origin: Origin, key: string): string | undefined {
    return this.#remembered.get(remembered(origin, key));
  }
}

const remembered = ({ chat }: Origin, key: string): string => `${chat}\u0000${key}`;
