/** Somebody at `npm run chat`: lines in, text out; choices are picked by typing what they send. */
import { createInterface } from 'node:readline/promises';
import { PassThrough } from 'node:stream';
import { openTerminal } from '../../../src/channels/terminal/terminal.ts';
import { WITHOUT_REPORTS } from '../../../src/conversation/services.ts';
import { realBrain } from '../brain.ts';
import type { Heard } from '../transcript.ts';
import type { ChannelUnderTest } from './channel.ts';

export async function openTerminalDriver(): Promise<ChannelUnderTest> {
  const brain = await realBrain();
  const inputs: PassThrough[] = [];
  return {
    driver() {
      const input = new PassThrough();
      inputs.push(input);
      let shown = '';
      let heard: ((text: string) => void) | undefined;
      const output = {
        write(text: string) {
          shown += text;
          if (shown.endsWith('\n> ')) {
            heard?.(shown);
            shown = '';
          }
        },
      };
      const lines = createInterface({ input, terminal: false });
      const greeted = new Promise<void>((resolve) => {
        heard = () => resolve();
      });
      void openTerminal({
        lines,
        output,
        colours: false,
        services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
      });
      const say = async (text: string): Promise<Heard> => {
        // a terminal's line has no line breaks and is not empty
        const line = text.replace(/\n/g, ' ');
        await greeted;
        const answer = new Promise<string>((resolve) => {
          heard = resolve;
        });
        input.write(`${line}\n`);
        return read(await answer, brain.knowledge.rules);
      };
      return { say, press: ({ send }) => say(send) };
    },
    async close() {
      for (const input of inputs) input.end();
    },
  };
}

/** The numbered list at the end, back into choices. A number means what it says on the screen, so it is what pressing types. */
function read(text: string, rules: ReadonlyMap<string, { readonly title: string }>): Heard {
  const titles = new Map([...rules].map(([id, { title }]) => [title, `/aturan ${id}`]));
  const choices = [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, label]) => {
    const named = titles.get(label as string);
    return { label: label as string, send: named ?? (number as string) };
  });
  return { text, choices };
}
