/** Opening a receipt: what became of a tip, the officers' answers, and more to add. */
import { type ReadReceipt, type Receipt, readReceipt } from '../../sealing/receipt.ts';
import { spellDay } from '../day.ts';
import { type Choice, plain, type Reply, reply } from '../message.ts';
import { takesFiles } from '../origin.ts';
import type { News } from '../report-desk.ts';
import { type Services, say, sayOne } from '../services.ts';
import type { FlowOf } from '../state.ts';
import { means } from '../words.ts';
import { type Context, closed, helpInDanger, readTold, sealedTurn } from './context.ts';
import { fileChoices, fileNews, handOver, type Sent } from './files.ts';
import type { Turn } from './show.ts';

type ReceiptFlow = FlowOf<'receipt'>;
const WORDS: ReceiptFlow = { kind: 'receipt', step: 'words' };
const OPEN: ReceiptFlow = { kind: 'receipt', step: 'open' };

/** Longest piece of an officer's answer in one bubble, in UTF-16 units. */
const PIECE = 3_000;
/** A text with fewer words is no receipt; one with more is a story. */
const RECEIPT_LIKE = { least: 8, most: 16 };

/** `/cek`, perhaps with the receipt behind it. */
export async function openReceipt(context: Context, words: string): Promise<Turn> {
  const { services, origin } = context;
  if (!origin.private) return { state: context.state, replies: [reply(say(services, 'receipt.group'))] };
  if (words !== '') return readWords(context, words);
  return sealedTurn(context, WORDS, [reply(say(services, 'receipt.ask'), cancelChoice(services))]);
}

/** The receipt that a message is, where somebody sends it without `/cek`. */
export function asReceipt(text: string): Extract<ReadReceipt, { receipt: Receipt }> | undefined {
  const count = text.match(/\p{L}+/gu)?.length ?? 0;
  if (count < RECEIPT_LIKE.least || count > RECEIPT_LIKE.most) return undefined;
  const read = readReceipt(text);
  return read.kind === 'receipt' || read.kind === 'repaired' ? read : undefined;
}

/** A text while a receipt is asked for, or open. */
export async function hearReceipt(context: Context, flow: ReceiptFlow, text: string): Promise<Turn> {
  const { services, origin } = context;
  if (flow.step === 'words') {
    if (means(text, 'cancel', 'end', 'none', 'back')) return closed(context, say(services, 'receipt.closed'));
    return readWords(context, text);
  }
  if (flow.asking === 'file') {
    if (means(text, 'asIs', 'yes')) return answerReceiptFile(context, true);
    if (means(text, 'none', 'drop')) return answerReceiptFile(context, false);
  }
  if (means(text, 'end', 'next', 'cancel', 'none', 'thanks', 'back', 'skip')) return closeReceipt(context);
  if (means(text, 'yes', 'start', 'edit')) return open(context, more(context));
  // another receipt
  if (asReceipt(text) !== undefined) return readWords(context, text);
  const told = readTold(text, services);
  if ('refused' in told) return open(context, told.refused);
  const kept = await services.reports.add(origin, told.text);
  if (kept === 'gone') return again(context);
  if (kept !== 'kept') return open(context, sayOne(services, kept, { full: 'told.full', receipt: 'told.receipt' }));
  const help = helpInDanger(context, told.text);
  if (flow.asking === 'file')
    return sealedTurn(context, flow, [...help, reply(say(services, 'file.still'), fileChoices(services))]);
  return open(context, say(services, 'receipt.added'), help);
}

/** A message that the person changed: what it added before is sealed; mistyped words can be mended so. */
export const editedReceipt = (context: Context, flow: ReceiptFlow, text: string): Promise<Turn> | Turn =>
  flow.step === 'words' ? readWords(context, text) : open(context, say(context.services, 'receipt.edited'));

/** A file while a receipt is asked for, or open. */
export async function sentInReceipt(context: Context, flow: ReceiptFlow, sent: Sent): Promise<Turn> {
  const { services, origin } = context;
  if (flow.step === 'words')
    return sealedTurn(context, WORDS, [reply(say(services, 'receipt.no-file'), cancelChoice(services))]);
  const news = await handOver(sent, services, (file) => services.reports.addFile(origin, file));
  if (news.became === 'gone') return again(context);
  const before = await keepCaption(context, sent.caption ?? '');
  if (news.became === 'kept' && sent.followsInAlbum && before.length === 0) return sealedTurn(context, flow, []);
  if (news.became !== 'asks') return open(context, news.text, before);
  return sealedTurn(context, { ...OPEN, asking: 'file' }, [...before, reply(news.text, fileChoices(services))]);
}

async function keepCaption({ services, origin, ...rest }: Context, caption: string): Promise<Reply[]> {
  if (!/[\p{L}\p{N}]/u.test(caption)) return [];
  const told = readTold(caption, services);
  if ('refused' in told) return [reply(told.refused)];
  const second = { ...origin, update: origin.update && `${origin.update}/caption` };
  const kept = await services.reports.add(second, told.text);
  const help = helpInDanger({ services, origin, ...rest }, told.text);
  return kept === 'full' ? [...help, reply(say(services, 'told.full'))] : help;
}

/** The answer to "as it is?". */
export async function answerReceiptFile(context: Context, take: boolean): Promise<Turn> {
  const { services, origin } = context;
  if (!take) return open(context, say(services, 'file.left'));
  return open(context, fileNews(await services.reports.attachAnyway(origin), services).text);
}

/** `/selesai`: what was opened is closed again. */
export async function closeReceipt(context: Context): Promise<Turn> {
  await context.services.reports.forget(context.origin);
  return closed(context, say(context.services, 'receipt.closed'));
}

/** The step again, where what was typed cannot be understood any more. */
export function repeatReceipt(context: Context, flow: ReceiptFlow, lead: string): Turn {
  const { services } = context;
  if (flow.step === 'open') return open(context, `${lead}\n\n${more(context)}`);
  return sealedTurn(context, WORDS, [reply(`${lead}\n\n${say(services, 'receipt.ask')}`, cancelChoice(services))]);
}

const again = (context: Context): Turn =>
  sealedTurn(context, WORDS, [reply(say(context.services, 'receipt.again'), cancelChoice(context.services))]);

const open = (context: Context, text: string, before: readonly Reply[] = []): Turn =>
  sealedTurn(context, OPEN, [...before, reply(text, endChoice(context.services))]);

const cancelChoice = (services: Services): Choice[] => [{ label: say(services, 'button.cancel'), send: '/batal' }];
const endChoice = (services: Services): Choice[] => [{ label: say(services, 'button.end'), send: '/selesai' }];

/** Reads the words; what is wrong with them is named, so that only that has to be mended. */
async function readWords(context: Context, text: string): Promise<Turn> {
  const read = readReceipt(text);
  if (read.kind === 'receipt') return news(context, read.receipt);
  const { services } = context;
  if (read.kind === 'repaired') {
    const repairs = read.repairs.map((repair) => say(services, 'receipt.repair', { ...repair })).join('\n');
    return news(context, read.receipt, say(services, 'receipt.repaired', { repairs }));
  }
  return sealedTurn(context, WORDS, [{ ...reply(mistake(read, services), cancelChoice(services)), secret: true }]);
}

function mistake(read: Exclude<ReadReceipt, { receipt: Receipt }>, services: Services): string {
  switch (read.kind) {
    case 'unknown-word': {
      const { place, word, near } = read;
      // what a person typed is shown as it is, without our marks for bold
      const shown = { place, word: plain(word).slice(0, 30) };
      return near.length === 0
        ? say(services, 'receipt.unknown-word', shown)
        : say(services, 'receipt.near-word', { ...shown, near: near.slice(0, 5).join(', ') });
    }
    case 'count':
      return say(services, 'receipt.count', { found: read.found });
    case 'checksum':
      return say(services, 'receipt.checksum');
    default:
      return read satisfies never;
  }
}

/** What is new. An unknown receipt reads the same as one without news. */
async function news(context: Context, receipt: Receipt, lead?: string): Promise<Turn> {
  const { services, origin } = context;
  const found = await services.reports.look(origin, receipt);
  if (found === 'limit')
    return sealedTurn(context, WORDS, [reply(say(services, 'receipt.limit'), cancelChoice(services))]);
  const lines = found.length === 0 ? [say(services, 'receipt.nothing')] : found.map((entry) => told(entry, services));
  if (lead !== undefined) lines.unshift(lead);
  const bubbles = [...inBubbles(lines).map((text) => reply(text)), reply(more(context), endChoice(services))];
  return sealedTurn(
    context,
    OPEN,
    bubbles.map((entry) => ({ ...entry, secret: true })),
  );
}

/** How one goes on with an open receipt. */
const more = ({ services, origin }: Context): string =>
  say(services, takesFiles(origin) ? 'receipt.more' : 'receipt.more.none');

function told(entry: News, services: Services): string {
  const day = spellDay(entry.day);
  // an officer's words are shown as they are, without our marks for bold
  if (entry.kind === 'answer') return say(services, 'receipt.answer', { day, text: plain(entry.text) });
  return sayOne(
    services,
    entry.kind,
    { opened: 'receipt.opened', 'handed-on': 'receipt.handed-on', closed: 'receipt.over' },
    { day },
  );
}

/** Lines together as far as they fit one bubble; a long answer in pieces. */
export function inBubbles(lines: readonly string[]): string[] {
  const bubbles: string[] = [];
  for (const piece of lines.flatMap(pieces)) {
    const last = bubbles.at(-1);
    if (last === undefined || last.length + piece.length + 2 > PIECE) bubbles.push(piece);
    else bubbles[bubbles.length - 1] = `${last}\n\n${piece}`;
  }
  return bubbles;
}

/** Cut between words, where there are any. */
function pieces(line: string): string[] {
  if (line.length <= PIECE) return [line];
  const space = line.slice(0, PIECE).search(/\s\S*$/);
  const cut = space > 0 ? space : PIECE;
  return [line.slice(0, cut), ...pieces(line.slice(cut).trimStart())];
}
