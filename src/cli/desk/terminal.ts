/** The officer's terminal: what is printed, asked, and asked without showing what is typed. */
import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { DeskError } from '../../desk/errors.ts';
import { type Progress, spin } from './spinner.ts';

export interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly errors: NodeJS.WriteStream;
}

/** What ended a question without an answer. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

interface Waiting {
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** Commands that the arrow keys bring back. */
const REMEMBERED = 50;

export class Terminal {
  /** Somebody sits at it: questions may be asked. */
  readonly interactive: boolean;
  readonly colours: boolean;
  /** Commands are read one after another: what they ask comes from the same input. */
  inShell = false;
  /** Called with every line that somebody types. */
  onActivity: () => void = () => {};
  readonly #streams: Streams;
  #lines: Interface | undefined;
  readonly #typed: string[] = [];
  #waiting: Waiting | undefined;
  #ended = false;
  #secret = false;
  #remembers = false;
  #history: readonly string[] = [];

  constructor(streams: Streams = { input: process.stdin, output: process.stdout, errors: process.stderr }) {
    this.#streams = streams;
    this.interactive = streams.input.isTTY === true && streams.output.isTTY === true;
    this.colours = streams.output.isTTY === true && process.env.NO_COLOR === undefined;
  }

  /** A question waits for somebody to type. */
  get waiting(): boolean {
    return this.#waiting !== undefined;
  }

  /** What is typed now is a command, which the arrow keys bring back. */
  get remembers(): boolean {
    return this.#remembers;
  }

  /** No line will come any more. */
  get ended(): boolean {
    return this.#ended;
  }

  /** A result, on standard output. */
  print(text = ''): void {
    this.#streams.output.write(`${text}\n`);
  }

  /** A remark, on standard error: it does not mix with results that go into a file. */
  note(text: string): void {
    this.#streams.errors.write(`${text}\n`);
  }

  /** The next line. Throws {@link Interrupted} at Ctrl+C and where the input has ended. */
  async ask(question: string): Promise<string> {
    const next = this.#typed.shift();
    if (next !== undefined) return next;
    if (this.#ended) throw new Interrupted('the input has ended');
    const lines = this.#open();
    const answer = new Promise<string>((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
    lines.setPrompt(this.interactive ? question : '');
    lines.prompt();
    return answer;
  }

  /** The next line as a command: the arrow keys bring it back. */
  async askCommand(prompt: string): Promise<string> {
    this.#remembers = true;
    try {
      return await this.ask(prompt);
    } finally {
      this.#remembers = false;
    }
  }

  /** A line that is not shown while it is typed, and not kept. Throws {@link DeskError} where nobody could type it. */
  async askSecret(question: string): Promise<string> {
    if (!this.interactive)
      throw new DeskError(
        'locked',
        'Frasa sandi diketik di terminal. Tanpa terminal: --passphrase-file BERKAS atau --passphrase-fd NOMOR.',
      );
    // with lines of its own: what is wiped while editing could be brought back later by Ctrl+Y
    this.suspend();
    this.#streams.output.write(question);
    this.#secret = true;
    try {
      return await this.ask('');
    } finally {
      this.suspend();
      this.#secret = false;
      this.#streams.output.write('\n');
    }
  }

  /** Yes only where somebody says yes. */
  async confirm(question: string): Promise<boolean> {
    return /^(?:y|ya|yes)$/i.test((await this.ask(`${question} [y/t] `)).trim());
  }

  /** All that is left of the input, where it is a file or a pipe. */
  async readAll(): Promise<string> {
    const found: string[] = [];
    for (;;) {
      try {
        found.push(await this.ask(''));
      } catch (error) {
        if (error instanceof Interrupted) return found.join('\n');
        throw error;
      }
    }
  }

  /** Ends a question that waits. */
  interrupt(error: Error = new Interrupted('interrupted')): void {
    // half a line must not stand in the next question
    if (this.interactive) this.suspend();
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }

  /** Wipes what was shown, where this is a terminal. */
  clear(): void {
    if (this.interactive) this.#streams.output.write('\x1b[H\x1b[2J\x1b[3J');
  }

  /** Shows that something takes its time, until `work` is done. */
  during<T>(what: string, work: (progress: Progress) => Promise<T>): Promise<T> {
    return spin(this.#streams.errors, what, work);
  }

  /** Gives the terminal to another program, such as an editor; the next question takes it back. */
  suspend(): void {
    const lines = this.#lines;
    this.#lines = undefined;
    lines?.close();
  }

  close(): void {
    this.suspend();
    this.#ended = true;
  }

  #open(): Interface {
    if (this.#lines !== undefined) return this.#lines;
    const { input, output } = this.#streams;
    // readline writes what is typed; while a secret is asked, that goes nowhere
    const shown = new Writable({
      write: (chunk, _encoding, done) => {
        if (!this.#secret) output.write(chunk);
        done();
      },
    });
    const lines = createInterface({
      input,
      terminal: this.interactive,
      historySize: REMEMBERED,
      history: [...this.#history],
      ...(this.interactive ? { output: shown } : {}),
    });
    // only commands are remembered for the arrow keys: no secret, and no text for a reporter
    lines.on('history', (history) => {
      if (this.#secret || !this.#remembers) history.shift();
      this.#history = [...history];
    });
    lines.on('line', (line) => {
      this.onActivity();
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) waiting.resolve(line);
      else this.#typed.push(line);
    });
    lines.on('SIGINT', () => this.interrupt());
    lines.on('close', () => {
      if (this.#lines !== lines) return;
      this.#lines = undefined;
      this.#ended = true;
      this.interrupt(new Interrupted('the input has ended'));
    });
    this.#lines = lines;
    return lines;
  }
}
