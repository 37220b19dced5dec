/** The transcripts on the conversation core itself. The channels play the same files. */
import { beforeAll, describe, test } from 'vitest';
import type { Message } from '../../src/conversation/message.ts';
import { respond } from '../../src/conversation/respond.ts';
import { newState } from '../../src/conversation/state.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { realBrain } from '../support/brain.ts';
import { type Driver, type Heard, play, transcripts } from '../support/transcript.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await realBrain();
});

function coreDriver(): Driver {
  let state = newState();
  let now = Date.UTC(2026, 10, 21);
  const hear = async (message: Message): Promise<Heard> => {
    const turn = respond(state, message, { ...brain, now: () => now });
    state = turn.state;
    now += 1000;
    return {
      text: turn.replies.map(({ text }) => text).join('\n'),
      choices: turn.replies.flatMap(({ choices }) => choices),
    };
  };
  return {
    say: (text) => hear({ kind: 'text', text }),
    press: ({ send }) => hear({ kind: 'text', text: send }),
    send: (what) => hear({ kind: 'unsupported', what }),
    edit: (text) => hear({ kind: 'edited', text }),
    wait: (hours) => {
      now += hours * 3_600_000;
    },
  };
}

describe('transcripts on the conversation core', () => {
  for (const [name, entry] of transcripts) test(name, () => play(entry, coreDriver()));
});
