/** Replies as WhatsApp texts. Choices become numbered lines: linked devices cannot send buttons that every phone shows. */
import { plain, type Reply } from '../../conversation/message.ts';
import { toMarks } from './marks.ts';
import { split } from './split.ts';

/** Texts to send, in order. The numbers go on over all replies of a turn, as the conversation counts them. */
export function render(replies: readonly Reply[]): string[] {
  let number = 1;
  return replies.flatMap(({ text, choices }) => {
    const list = choices.map(({ label }, i) => `${number + i}. ${toMarks(plain(label))}`).join('\n');
    number += choices.length;
    return split([toMarks(text), list].filter((part) => part.trim() !== '').join('\n\n'));
  });
}
