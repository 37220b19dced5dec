/** What `npm run check` would refuse in a draft, told while it is written. The limits are those of `knowledge/shapes.ts`. */
import type { RuleList } from '../../../../channels/web/desk/contract.ts';
import { sentences } from '../../../../knowledge/sentences.ts';
import { normalise, words } from '../../../../matching/normalise.ts';
import { type Draft, LEAST_EXAMPLES, LEAST_TESTS, linesOf } from './draft.ts';

export interface Problem {
  readonly field: keyof Draft;
  readonly message: string;
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const WRITER = /^[a-z][a-z0-9]*$/;

/** In the order of the form. Empty where check has nothing to say, as far as it can be known without learning anew. */
export function problemsOf(draft: Draft, rules: RuleList): Problem[] {
  const out: Problem[] = [];
  const say = (field: keyof Draft, message: string) => void out.push({ field, message });
  const length = (field: 'title' | 'answer' | 'detail' | 'safeAdvice' | 'reviewer', least: number, most: number) => {
    const { length: found } = draft[field].trim();
    if (found < least || found > most) say(field, `Tulis ${least} sampai ${most} huruf; sekarang ${found}.`);
  };
  const lines = (
    field: 'instead' | 'conditions' | 'aliases',
    least: number,
    most: number,
    shortest: number,
    longest: number,
  ) => {
    const found = linesOf(draft[field]);
    if (found.length < least || found.length > most)
      say(field, `Tulis ${least} sampai ${most} baris; sekarang ${found.length}.`);
    const wrong = found.find((line) => line.length < shortest || line.length > longest);
    if (wrong !== undefined) say(field, `"${wrong.slice(0, 40)}" harus ${shortest} sampai ${longest} huruf.`);
  };
  length('title', 3, 60);
  if (rules.rules.some(({ title }) => title.toLowerCase() === draft.title.trim().toLowerCase()))
    say('title', 'Aturan dengan judul ini sudah ada.');
  if (!ID.test(draft.id)) say('id', 'Huruf kecil, angka, dan "-" di antara kata: nama-wifi');
  if (rules.rules.some(({ id }) => id === draft.id)) say('id', 'Id ini sudah dipakai aturan lain.');
  if (draft.topic === '') say('topic', 'Pilih topik.');
  length('answer', 3, 230);
  if (sentences(draft.answer) > 2) say('answer', 'Paling banyak dua kalimat; selebihnya ke Alasan.');
  if (draft.detail.trim() !== '') length('detail', 3, 600);
  lines('instead', 1, 3, 3, 90);
  if (draft.verdict === 'conditional' || draft.conditions.trim() !== '')
    lines('conditions', draft.verdict === 'conditional' ? 2 : 0, 4, 3, 100);
  if (draft.verdict === 'disputed' || draft.basis === 'disputed') disputed(draft, say);
  if (draft.safeAdvice.trim() !== '') length('safeAdvice', 3, 140);
  if (draft.citations.length < 1 || draft.citations.length > 5) say('citations', 'Pilih 1 sampai 5 dasar hukum.');
  if (draft.basis === 'inference' && draft.certainty !== 'inference')
    say('certainty', 'Penalaran kita sendiri: kepastiannya juga penalaran.');
  lines('aliases', 2, 8, 2, 40);
  if (draft.related.length < 2 || draft.related.length > 4) say('related', 'Pilih 2 sampai 4 aturan yang berdekatan.');
  texts(draft, say);
  if (!WRITER.test(draft.writer)) say('writer', 'Huruf kecil dan angka saja, tanpa spasi.');
  length('reviewer', 3, 80);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(draft.reviewBy) || draft.reviewBy <= rules.today)
    say('reviewBy', 'Pilih hari sesudah hari ini.');
  return out;
}

type Say = (field: keyof Draft, message: string) => void;

/** Who says what and when: two or more, a line each. */
export const positionsOf = (text: string): string[][] =>
  linesOf(text).map((line) => line.split('|').map((part) => part.trim()));

function disputed({ positions, safeAdvice }: Draft, say: Say): void {
  const found = positionsOf(positions);
  const complete = ([who = '', when = '', says = '']: string[]) =>
    who.length >= 2 && who.length <= 60 && when.length >= 4 && says.length >= 3 && says.length <= 200;
  if (found.length < 2 || !found.every((parts) => parts.length === 3 && complete(parts)))
    say('positions', 'Tulis sedikitnya dua baris: siapa | kapan | katanya apa.');
  if (safeAdvice.trim() === '') say('safeAdvice', 'Tulis saran yang aman.');
}

/** As check compares texts: the same words are the same text. */
const keyOf = (text: string): string => words(normalise(text)).join(' ');

function texts({ positive, negative, negativeRule, examples }: Draft, say: Say): void {
  const tests = linesOf(positive);
  const others = linesOf(negative);
  const trained = linesOf(examples);
  const distinct = (list: readonly string[]) => new Set(list.map(keyOf)).size;
  if (distinct(tests) < LEAST_TESTS)
    say('positive', `Sedikitnya ${LEAST_TESTS} kalimat yang berbeda; sekarang ${distinct(tests)}.`);
  if (others.length !== 1) say('negative', 'Tulis satu kalimat yang harus dijawab aturan lain.');
  if (negativeRule === '') say('negativeRule', 'Pilih aturan yang menjawab kalimat itu.');
  if (distinct(trained) < LEAST_EXAMPLES)
    say('examples', `Sedikitnya ${LEAST_EXAMPLES} kalimat yang benar-benar berbeda; sekarang ${distinct(trained)}.`);
  for (const [field, list] of [
    ['positive', tests],
    ['negative', others],
    ['examples', trained],
  ] as const) {
    const long = list.find((line) => line.length < 3 || line.length > 300);
    if (long !== undefined) say(field, `"${long.slice(0, 40)}" harus 3 sampai 300 huruf.`);
    const wordless = list.find((line) => keyOf(line) === '');
    if (wordless !== undefined) say(field, `"${wordless.slice(0, 40)}" tidak berisi kata.`);
  }
  const keys = new Set(trained.map(keyOf));
  const twice = [...tests, ...others].find((line) => keys.has(keyOf(line)));
  if (twice !== undefined) say('examples', `"${twice.slice(0, 60)}" juga kalimat uji: pakai di satu tempat saja.`);
}
