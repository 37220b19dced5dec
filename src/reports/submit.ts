/** From a draft to a case with a receipt; after that the thread from the chat is cut. */
import { randomInt } from 'node:crypto';
import type { Origin } from '../conversation/origin.ts';
import type { Submitted } from '../conversation/report-desk.ts';
import { type Id, randomId } from '../sealing/id.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../sealing/receipt.ts';
import { addReceipt, deletePending, findPending, type Submission, submitDrafts } from '../store/reports/submit.ts';
import type { Core, NamedChat } from './core.ts';
import { type Drafts, type OpenDraft, skipped } from './draft.ts';
import type { Together } from './grouped-writes.ts';
import { CASE_RECEIPTS } from './limits.ts';
import { Memory } from './memory.ts';
import { recipientOf } from './native-keys.ts';
import { sealEntryFast } from './native-seal.ts';

const MINUTE = 60 * 1000;
/** How long a further receipt can be had for what was submitted: where the platform delivers the submission again. */
export const PENDING_KEPT = 15 * MINUTE;
/** How long a receipt can be confirmed, and of how many chats. In memory only. */
const CONFIRMING = { time: 30 * MINUTE, most: 10_000 };

interface Given {
  readonly receipt: Receipt;
  readonly ask: readonly [number, number];
}

export class Submissions {
  readonly #core: Core;
  readonly #drafts: Drafts;
  /** Every receipt that the chat was given: a person may have seen the first of two. */
  readonly #given: Memory<readonly Given[]>;

  constructor(core: Core, drafts: Drafts) {
    this.#core = core;
    this.#drafts = drafts;
    this.#given = new Memory(CONFIRMING.time, CONFIRMING.most, core.now);
  }

  async submit(origin: Origin): Promise<Submitted> {
    const draft = await this.#drafts.find(origin);
    const chat = await this.#core.named(origin);
    if (!draft) return this.#again(origin, chat);
    if (draft.slots.length === 0) return { kind: 'empty' };
    const receipt = makeReceipt();
    const done = await this.#store(draft, chat, receipt);
    if (!done) return this.#again(origin, chat);
    await this.#core.limits.count('tips', chat.today);
    return this.#give(origin, receipt);
  }

  async #store(draft: OpenDraft, chat: NamedChat, receipt: Receipt): Promise<boolean> {
    const { writes, now, storage } = this.#core;
    const day = this.#core.today();
    const { lookupHash, recipient } = await receiptKeys(receipt, recipientOf);
    const empty = await this.#empty(draft, day);
    const submission = {
      case: draft.case,
      day,
      empty,
      places: nextPlace(draft) + empty.length,
      receipt: { lookup_hash: lookupHash, case_id: draft.case, recipient },
      pending: {
        chat: chat.today,
        case_id: draft.case,
        expires_at: Math.ceil(now() / MINUTE) * MINUTE + PENDING_KEPT,
      },
    };
    const done = await writes.together(this.#submitAll, submission);
    if (done) storage.add(empty.reduce((sum, { sealed }) => sum + sealed.length, 0));
    return done;
  }

  readonly #submitAll: Together<Submission, boolean> = async (change, submissions) => {
    const done = await submitDrafts(change, submissions);
    for (const [i, one] of submissions.entries()) if (done[i]) this.#core.tell(change, 'submitted', one.case);
    return done;
  };

  /** An entry for each question that was skipped, so that it cannot be seen from outside which were. */
  async #empty(draft: OpenDraft, day: string) {
    const first = nextPlace(draft);
    return Promise.all(
      skipped(draft).map(async (part, i) => {
        const entry = {
          case: draft.case,
          id: randomId(),
          author: 'reporter',
          part,
          day,
          place: first + i,
          text: '',
        } as const;
        const sealed = await sealEntryFast(entry, [this.#core.native(draft.recipient)]);
        return { case_id: draft.case, id: entry.id, author: 'reporter', day, sealed } as const;
      }),
    );
  }

  /** A further receipt for the case that this chat has submitted a moment ago: nobody can tell whether the first one arrived. */
  async #again(origin: Origin, { names }: NamedChat): Promise<Submitted> {
    const { database, now, writes } = this.#core;
    const pending: Id | undefined = await findPending(database, names, now());
    if (pending === undefined) return { kind: 'gone' };
    const receipt = makeReceipt();
    const { lookupHash, recipient } = await receiptKeys(receipt, recipientOf);
    const row = { lookup_hash: lookupHash, case_id: pending, recipient };
    const added = await writes.run(({ trx }) => addReceipt(trx, row, CASE_RECEIPTS));
    return added ? this.#give(origin, receipt) : { kind: 'gone' };
  }

  #give(origin: Origin, receipt: Receipt): Submitted {
    const ask = twoPlaces();
    this.#given.set(origin.chat, [...(this.#given.get(origin.chat) ?? []), { receipt, ask }]);
    return { kind: 'receipt', receipt, ask };
  }

  async confirm(origin: Origin, words: readonly [string, string]): Promise<'right' | 'wrong' | 'forgotten'> {
    const given = this.#given.get(origin.chat);
    if (!given) return 'forgotten';
    const typed = words.map((word) => word.trim().toLowerCase());
    const isRight = given.some(({ receipt, ask }) => {
      const of = receipt.split(' ');
      return ask.every((place, i) => of[place - 1] === typed[i]);
    });
    if (!isRight) return 'wrong';
    await this.forget(origin);
    return 'right';
  }

  async forget(origin: Origin): Promise<void> {
    this.#given.delete(origin.chat);
    const { names } = await this.#core.named(origin);
    await this.#core.writes.run(({ trx }) => deletePending(trx, names));
  }
}

const nextPlace = ({ slots }: OpenDraft): number => Math.max(-1, ...slots.map(({ place }) => place)) + 1;

/** Two different places from 1 to 10, the lower one first. */
function twoPlaces(): readonly [number, number] {
  const first = randomInt(1, 10);
  return [first, randomInt(first + 1, 11)];
}
