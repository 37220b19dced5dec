/** Where an answer to a question must go, sealed with the server's key and bound to its row. */
import type { Id } from '../sealing/id.ts';
import type { ServerKey } from '../store/keys.ts';

/** Addresses are filled up to this many bytes: a sealed one must not tell a group from a phone by its length. */
const FILLED = 128;

export const sealAddress = (key: ServerKey, caseId: Id, address: string): Buffer =>
  key.seal(address.padEnd(FILLED), `question/${caseId}`);

/** Undefined where it was sealed with another server key. */
export const openAddress = (key: ServerKey, caseId: Id, sealed: Uint8Array): string | undefined =>
  key.open(sealed, `question/${caseId}`)?.trimEnd();

export const sealAnswer = (key: ServerKey, id: Id, text: string): Buffer => key.seal(text, `chat-answer/${id}`);

export const openAnswer = (key: ServerKey, id: Id, sealed: Uint8Array): string | undefined =>
  key.open(sealed, `chat-answer/${id}`);
