/** The terminal channel: one person, one conversation, in memory. */
import type { Interface } from 'node:readline/promises';
import { LOCAL } from '../../conversation/origin.ts';
import { respond } from '../../conversation/respond.ts';
import type { Services } from '../../conversation/services.ts';
import { newState } from '../../conversation/state.ts';
import { renderTerminal } from './render.ts';

export interface TerminalOptions {
  readonly lines: Interface;
  readonly output: { write(text: string): unknown };
  readonly colours: boolean;
  readonly services: () => Services;
}

/** Talks until the input ends or the person types `keluar`. */
export async function openTerminal({ lines, output, colours, services }: TerminalOptions): Promise<void> {
  let state = newState();
  const say = async (text: string) => {
    const turn = await respond(state, { kind: 'text', text }, services(), LOCAL);
    state = turn.state;
    output.write(`\n${renderTerminal(turn.replies, colours)}\n\n> `);
  };
  // from now on lines are kept, also those that are typed while an answer is being made
  const typed = lines[Symbol.asyncIterator]();
  await say('/start');
  for await (const line of typed) {
    if (/^\s*(?:keluar|exit|quit)\s*$/i.test(line)) break;
    if (line.trim() === '') output.write('> ');
    else await say(line);
  }
  lines.close();
  output.write('\n');
}
