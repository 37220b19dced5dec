/** The words of the audit chain as they begin a line. */
import { actorWords, eventWords } from '../../../desk/audit-words.ts';

export const showEvent = (event: string): string => capital(eventWords(event) ?? event);

/** Undefined for an officer, whose name stands elsewhere. */
export function showActor(actor: string): string | undefined {
  const words = actorWords(actor);
  return words === undefined ? undefined : capital(words);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
