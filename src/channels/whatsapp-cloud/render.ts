/** Replies as Cloud API messages: text, reply buttons under the last part, or a list. */
import type { Reply } from '../../conversation/message.ts';
import { type Button, formOf, type Row } from './form.ts';
import { toMarks, unmarked } from './marks.ts';
import { split } from './split.ts';

/** Longest body of a text and of a list. */
const TEXT_LIMIT = 4096;
/** Longest body above buttons. */
const BUTTONS_LIMIT = 1024;
/** What opens a list. */
const LIST_BUTTON = 'Pilih';
/** Stands above choices that come without a text: WhatsApp wants one. */
const PROMPT = 'Silakan pilih:';

type Interactive =
  | {
      readonly type: 'button';
      readonly body: { readonly text: string };
      readonly action: { readonly buttons: ReadonlyArray<{ readonly type: 'reply'; readonly reply: Button }> };
    }
  | {
      readonly type: 'list';
      readonly body: { readonly text: string };
      readonly action: { readonly button: string; readonly sections: ReadonlyArray<{ readonly rows: readonly Row[] }> };
    };

/** The part of a message that is the same whoever gets it. */
export type Content =
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: false } }
  | { readonly type: 'interactive'; readonly interactive: Interactive };

/** Messages for the replies of one turn, in order. */
export function render(replies: readonly Reply[]): Content[] {
  // the conversation counts the choices of all replies of a turn as one list
  let number = 1;
  return replies.flatMap((reply) => {
    const first = number;
    number += reply.choices.length;
    return renderReply(reply, first);
  });
}

/** A plain text, within the limit. */
export const textOf = (body: string): Content => ({ type: 'text', text: { body, preview_url: false } });

function renderReply({ text, choices }: Reply, first: number): Content[] {
  const form = formOf(choices);
  const body = toMarks(text);
  switch (form.kind) {
    case 'none':
      return split(body, TEXT_LIMIT).map(textOf);
    case 'numbered': {
      const lines = form.labels.map((label, i) => `${first + i}. ${unmarked(label)}`).join('\n');
      return split(`${body.trim()}\n\n${lines}`, TEXT_LIMIT).map(textOf);
    }
    case 'buttons': {
      const buttons = form.buttons.map((reply) => ({ type: 'reply', reply }) as const);
      return under(split(body, TEXT_LIMIT, BUTTONS_LIMIT), (text) => ({
        type: 'button',
        body: { text },
        action: { buttons },
      }));
    }
    case 'list':
      return under(split(body, TEXT_LIMIT), (text) => ({
        type: 'list',
        body: { text },
        action: { button: LIST_BUTTON, sections: [{ rows: form.rows }] },
      }));
    default:
      return form satisfies never;
  }
}

/** Texts, and the choices under the last of them. */
function under(parts: readonly string[], choices: (text: string) => Interactive): Content[] {
  return [...parts.slice(0, -1).map(textOf), { type: 'interactive', interactive: choices(parts.at(-1) ?? PROMPT) }];
}
