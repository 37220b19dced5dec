/** People who tell a tip from "lapor" to the receipt, on each channel, to a running program. */
import { pack } from '../../src/channels/web/door/pack.ts';
import { solve } from '../../src/channels/web/door/work.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { makeReceipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { makeKeyPair, type RecipientText, sealEntry, wrapCaseKey } from '../../src/sealing/seal.ts';
import { until } from './until.ts';

export interface Tip {
  readonly what: string;
  readonly who: string;
}

/** Says something and waits for what is expected; gives everything that came back. */
export type Say = (text: string, expected: RegExp) => Promise<string>;

/** How long an answer may take on a busy machine, in milliseconds; it only ever takes that long where something is wrong. */
const PATIENCE = 120_000;

/** What a person on a platform says and hears. @param send text, or whatever else can be sent there */
export const hearing =
  <Sent = string>(send: (sent: Sent) => unknown, heard: () => readonly string[]) =>
  async (sent: Sent, expected: RegExp): Promise<string> => {
    const { length } = heard();
    const news = () => heard().slice(length).join('\n').replaceAll('*', '');
    const late = performance.now() + PATIENCE;
    await send(sent);
    return until(() => {
      if (performance.now() > late)
        throw new Error(`waited in vain for ${expected}; there came: ${news() || 'nothing'}`);
      return expected.test(news()) && news();
    });
  };

/** The ten words of a receipt, in their order, out of the message that gives it. */
export function receiptWords(receipt: string): readonly string[] {
  const words = [...receipt.matchAll(/(?:^|\s)(\d{1,2})\.\s*([a-z]{4,7})\b/g)]
    .sort((a, b) => Number(a[1]) - Number(b[1]))
    .map((match) => match[2] ?? '');
  if (words.length !== 10) throw new Error(`the receipt has ${words.length} words`);
  return words;
}

/** Goes through the conversation; gives the receipt. */
export async function tellInChat(say: Say, { what, who }: Tip): Promise<string> {
  await say('lapor', /Sebelum mulai/);
  await say('mulai', /Apa yang terjadi/);
  await say(what, /Tercatat/);
  await say('lanjut', /Siapa yang melakukan/);
  await say(who, /Tercatat/);
  await say('kirim', /Ringkasan/);
  const receipt = receiptWords(await say('kirim', /10\./)).join(' ');
  await say(receipt, /Cocok/);
  return receipt;
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
