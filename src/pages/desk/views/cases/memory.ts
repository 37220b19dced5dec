/** What an open desk remembers beside its cases: what is being written, and what was just said. Forgotten when it is locked or left. */
import { noteLost } from '../../parts/lost.tsx';

/** Listeners are told at most so often of cases opened behind the screen. */
const TELL_MS = 300;

/** What an officer has typed and not sent yet, of one case. */
export interface Draft {
  readonly answer: string;
  readonly note: string;
}
const NO_DRAFT: Draft = { answer: '', note: '' };

/** An answer that can still be taken back. */
export interface Undo {
  readonly caseId: string;
  readonly entry: string;
  readonly text: string;
  /** By this page's clock. */
  readonly until: number;
}

export interface Message {
  readonly kind: 'good' | 'trouble';
  readonly text: string;
}

export class Memory {
  undo: Undo | undefined;
  message: Message | undefined;
  protected ended = false;
  readonly #drafts = new Map<string, Draft>();
  readonly #listeners = new Set<() => void>();
  #telling: ReturnType<typeof setTimeout> | undefined;

  end(): void {
    this.ended = true;
    if (this.hasDrafts) noteLost();
    clearTimeout(this.#telling);
    this.#drafts.clear();
    this.undo = undefined;
    this.message = undefined;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  draft(id: string): Draft {
    return this.#drafts.get(id) ?? NO_DRAFT;
  }

  setDraft(id: string, change: Partial<Draft>): void {
    const draft = { ...this.draft(id), ...change };
    if (draft.answer.trim() === '' && draft.note.trim() === '') this.#drafts.delete(id);
    else this.#drafts.set(id, draft);
    this.tell();
  }

  setUndo(undo: Undo | undefined): void {
    this.undo = undo;
    this.tell();
  }

  say(kind: Message['kind'], text: string): void {
    this.message = { kind, text };
    this.tell();
  }

  hush(): void {
    if (this.message === undefined) return;
    this.message = undefined;
    this.tell();
  }

  get hasDrafts(): boolean {
    return this.#drafts.size > 0;
  }

  protected dropDraft(id: string): void {
    this.#drafts.delete(id);
  }

  protected tellSoon(): void {
    this.#telling ??= setTimeout(() => this.tell(), TELL_MS);
  }

  protected tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    if (!this.ended) for (const listener of this.#listeners) listener();
  }
}
