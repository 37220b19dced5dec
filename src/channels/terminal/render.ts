import { type Choice, type Reply, spans } from '../../conversation/message.ts';

const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** Choices as a numbered list; the numbers go on over all replies of a turn, as the conversation counts them. */
export function numbered(choices: readonly Choice[], first: number): string {
  return choices.map(({ label }, i) => `${first + i}. ${label}`).join('\n');
}

/** Replies as text for a terminal, with bold where it has it. */
export function renderTerminal(replies: readonly Reply[], colours: boolean): string {
  let number = 1;
  return replies
    .map(({ text, choices }) => {
      const body = spans(text)
        .map((span) => (span.bold && colours ? `${BOLD}${span.text}${RESET}` : span.text))
        .join('');
      const list = numbered(choices, number);
      number += choices.length;
      if (list === '') return body;
      return `${body}\n\n${colours ? `${DIM}${list}${RESET}` : list}`;
    })
    .join('\n\n');
}
