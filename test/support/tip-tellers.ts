/** People who tell a tip from "lapor" to the receipt, on each channel, to a running program. */
import { pack } from '../../src/channels/web/door/pack.ts';
import { solve } from '../../src/channels/web/door/work.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { makeReceipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { makeKeyPair, type RecipientText, sealEntry, wrapCaseKey } from '../../src/sealing/seal.ts';

export interface Tip {
  readonly what: string;
  readonly who: string;
}

/** Says something and waits for what is expected; gives everything that came back. */
export type Say = (text: string, expected: RegExp) => Promise<string>;

/** Goes through the conversation; gives the receipt. */
export async function tellInChat(say: Say, { what, who }: Tip): Promise<string> {
  await say('lapor', /Sebelum mulai/);
  await say('mulai', /Apa yang terjadi/);
  await say(what, /Tercatat/);
  await say('lanjut', /Siapa yang melakukan/);
  await say(who, /Tercatat/);
  await say('kirim', /Ringkasan/);
  const receipt = await say('kirim', /10\./);
  const words = [...receipt.matchAll(/(?:^|\s)(\d{1,2})\.\s*([a-z]{4,7})\b/g)]
    .sort((a, b) => Number(a[1]) - Number(b[1]))
    .map((match) => match[2] ?? '');
  if (words.length !== 10) throw new Error(`the receipt has ${words.length} words`);
  await say(words.join(' '), /Cocok/);
  return words.join(' ');
}

/** Does what the door's page does. Gives the receipt. */
export async function tellAtDoor(root: string, address: string, { what, who }: Tip): Promise<string> {
  const headers = { 'x-forwarded-for': address };
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${root}/lapor/${path}`, { headers })).json()) as T;
  const { readers } = await get<{ readers: Array<{ id: string; recipient: RecipientText }> }>('kunci.json');
  const caseId = randomId();
  const { identity, recipient } = await makeKeyPair();
  const wrapped = await Promise.all(readers.map((reader) => wrapCaseKey(caseId, identity, reader.recipient)));
  const texts = { what, who, where: '', when: '' } as const;
  const entries = Object.entries(texts).map(
    ([part, text], place): Entry => ({
      case: caseId,
      id: randomId(),
      author: 'reporter',
      part: part as 'what',
      day: '2026-11-22',
      place,
      text,
    }),
  );
  const sealed = await Promise.all(entries.map((entry) => sealEntry(entry, [recipient])));
  const receipt = makeReceipt();
  const keys = await receiptKeys(receipt);
  const { challenge, bits } = await get<{ challenge: string; bits: number }>('tantangan');
  const header = {
    caseId,
    recipient,
    readers: readers.map(({ id }) => id),
    entries: entries.map(({ id }) => id),
    lookupHash: keys.lookupHash,
    reporterRecipient: keys.recipient,
  };
  const response = await fetch(`${root}/lapor/kirim`, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': 'application/octet-stream',
      'x-proof-of-work': `${challenge};${solve(challenge, bits).join(',')}`,
    },
    body: pack(header, [...wrapped, ...sealed]),
  });
  if (!response.ok) throw new Error(`the door answered ${response.status}`);
  return receipt;
}
