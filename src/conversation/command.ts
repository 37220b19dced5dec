import { ACTORS, type Actor } from '../knowledge/schema.ts';
import { parseReportAct, type ReportAct } from './report-act.ts';

/**
 * What a pressed button or a typed slash command means. Buttons carry everything they need in their text, so that an old button
 * still works after a restart and a forged one can do nothing that typing could not.
 */
export type Command =
  | { readonly kind: 'start' }
  | { readonly kind: 'help' }
  | { readonly kind: 'topics' }
  | { readonly kind: 'topic'; readonly topic: string; readonly page: number }
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'details'; readonly rule: string }
  | { readonly kind: 'actors'; readonly rule: string }
  | { readonly kind: 'for-actor'; readonly rule: string; readonly actor: Actor }
  | { readonly kind: 'not-this'; readonly rule: string | undefined }
  | { readonly kind: 'settings'; readonly actor: Actor | 'none' | undefined }
  | { readonly kind: 'calendar' }
  | { readonly kind: 'report'; readonly act: ReportAct }
  /** `words` is what stands behind the command: perhaps the receipt itself. */
  | { readonly kind: 'receipt'; readonly words: string }
  | { readonly kind: 'human' }
  /** Ends what is going on: a report, a receipt that is open, a question to officers. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'search'; readonly words: string }
  | { readonly kind: 'forget' }
  | { readonly kind: 'unknown'; readonly name: string };

const isActor = (value: string | undefined): value is Actor => (ACTORS as readonly string[]).includes(value ?? '');
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Parses `/aturan medsos-like`, also with `@botname` after the command. Undefined where the text is no command. */
export function parseCommand(text: string): Command | undefined {
  const match = /^\/([a-z_]{1,32})(?:@\w+)?(?:\s+(.*))?$/is.exec(text.trim());
  if (!match) return undefined;
  const name = (match[1] ?? '').toLowerCase();
  const rest = (match[2] ?? '').trim();
  const [first, second] = rest.split(/\s+/);
  const rule = first !== undefined && ID.test(first) && first.length <= 60 ? first : undefined;
  switch (name) {
    case 'start':
    case 'mulai':
      return { kind: 'start' };
    case 'help':
    case 'bantuan':
      return { kind: 'help' };
    case 'topik':
    case 'menu':
      return rule === undefined ? { kind: 'topics' } : { kind: 'topic', topic: rule, page: pageOf(second) };
    case 'aturan':
      return rule === undefined ? { kind: 'topics' } : { kind: 'rule', rule };
    case 'rinci':
      return rule === undefined ? { kind: 'unknown', name } : { kind: 'details', rule };
    case 'kalau':
      if (rule === undefined) return { kind: 'unknown', name };
      return isActor(second) ? { kind: 'for-actor', rule, actor: second } : { kind: 'actors', rule };
    case 'bukan':
      return { kind: 'not-this', rule };
    case 'saya':
      return { kind: 'settings', actor: first === 'hapus' ? 'none' : isActor(first) ? first : undefined };
    case 'kalender':
    case 'tahapan':
      return { kind: 'calendar' };
    case 'lapor':
      return { kind: 'report', act: parseReportAct(rest) };
    case 'cek':
      return { kind: 'receipt', words: rest };
    case 'batal':
    case 'selesai':
      return { kind: 'cancel' };
    case 'petugas':
      return { kind: 'human' };
    case 'cari':
      return { kind: 'search', words: rest.slice(0, 100) };
    case 'lupakan':
      return { kind: 'forget' };
    default:
      return { kind: 'unknown', name };
  }
}

const pageOf = (text: string | undefined): number => {
  const page = Number(text);
  return Number.isInteger(page) && page > 0 && page < 100 ? page : 1;
};
