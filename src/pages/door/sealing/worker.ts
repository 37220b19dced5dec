/** All cryptography of the page, beside the page: it stays usable, and loads before this is there. */

import type { CaseHeader, SealedAnswers } from '../../../channels/web/door/contract.ts';
import { pack } from '../../../channels/web/door/pack.ts';
import { solve } from '../../../channels/web/door/work.ts';
import type { Entry } from '../../../sealing/entry.ts';
import { fromBase64url, randomId } from '../../../sealing/id.ts';
import { holdsReceipt, makeReceipt, type Receipt, readReceipt, receiptKeys } from '../../../sealing/receipt.ts';
import { makeKeyPair, openEntry, sealEntry, wrapCaseKey } from '../../../sealing/seal.ts';
import type { Answer, Calls, Opened, Parcel, Question, ToSeal } from './calls.ts';

const calls: Calls = {
  seal,
  work: async (challenge, bits) => `${challenge};${solve(challenge, bits).join(',')}`,
  readReceipt: async (text) => readReceipt(text),
  holdsReceipt: async (texts) => texts.some(holdsReceipt),
  lookup: async (receipt) => (await receiptKeys(receipt)).lookup,
  open,
  // the list of known kinds is large: it is loaded with the first file that is no picture
  recognise: async (bytes) => (await import('../../../reports/evidence-type.ts')).recognise(bytes),
};

addEventListener('message', ({ data }: MessageEvent<Question>) => void answer(data));

async function answer({ id, name, args }: Question): Promise<void> {
  let said: Answer;
  try {
    const call = calls[name] as (...args: readonly unknown[]) => Promise<unknown>;
    said = { id, ok: true, value: await call(...args) };
  } catch {
    said = { id, ok: false };
  }
  // megabytes are handed over, not copied
  postMessage(said, { transfer: said.ok ? buffersOf(said.value) : [] });
}

const buffersOf = (value: unknown): ArrayBuffer[] =>
  typeof value === 'object' && value !== null && 'body' in value && value.body instanceof Uint8Array
    ? [value.body.buffer as ArrayBuffer]
    : [];

/** A case with a key of its own, whose private half leaves this function only wrapped. */
async function seal({ readers, day, texts, files, receipt = makeReceipt() }: ToSeal): Promise<Parcel> {
  const caseId = randomId();
  const { identity, recipient } = await makeKeyPair();
  const wrapped = await Promise.all(readers.map((reader) => wrapCaseKey(caseId, identity, reader.recipient)));
  const told = [...texts, ...files.map((file) => ({ part: 'file' as const, text: '', file }))];
  const entries = told.map(
    (part, place): Entry => ({ case: caseId, id: randomId(), author: 'reporter', day, place, ...part }),
  );
  const sealed = [];
  // one after another: files are large
  for (const entry of entries) sealed.push(await sealEntry(entry, [recipient]));
  const keys = await receiptKeys(receipt);
  const header: CaseHeader = {
    caseId,
    recipient,
    readers: readers.map((reader) => reader.id),
    entries: entries.map((entry) => entry.id),
    lookupHash: keys.lookupHash,
    reporterRecipient: keys.recipient,
  };
  return { body: pack(header, [...wrapped, ...sealed]), receipt };
}

async function open(receipt: Receipt, answers: SealedAnswers['answers']): Promise<readonly Opened[]> {
  const { identity } = await receiptKeys(receipt);
  const opened: Opened[] = [];
  for (const { caseId, id, day, sealed } of answers) {
    try {
      const entry = await openEntry(fromBase64url(sealed), identity, { case: caseId, id });
      if (entry.author === 'officer') opened.push({ day, place: entry.place, text: entry.text });
    } catch {
      // not for this receipt
    }
  }
  return opened;
}
