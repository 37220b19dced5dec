/** A draft of a rule, as the form has it: lists are lines of a text. */
import type { RuleList } from '../../../../channels/web/desk/contract.ts';
import type { BASES, CERTAINTIES, VERDICTS } from '../../../../knowledge/terms.ts';

export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly topic: string;
  readonly verdict: (typeof VERDICTS)[number];
  readonly basis: (typeof BASES)[number];
  readonly certainty: (typeof CERTAINTIES)[number];
  readonly answer: string;
  readonly detail: string;
  readonly instead: string;
  readonly conditions: string;
  /** A line each: who | when | says. */
  readonly positions: string;
  readonly safeAdvice: string;
  readonly citations: ReadonlyArray<{ readonly regulation: string; readonly at: string }>;
  readonly aliases: string;
  readonly related: readonly string[];
  readonly positive: string;
  readonly negative: string;
  readonly negativeRule: string;
  readonly examples: string;
  readonly writer: string;
  readonly reviewer: string;
  readonly reviewBy: string;
}

export const VERDICT_NAMES: Readonly<Record<Draft['verdict'], string>> = {
  forbidden: 'Tidak boleh',
  allowed: 'Boleh',
  conditional: 'Boleh dengan syarat',
  depends: 'Tergantung',
  disputed: 'Pejabat berbeda pendapat',
  info: 'Penjelasan saja',
};
export const BASIS_NAMES: Readonly<Record<Draft['basis'], string>> = {
  rule: 'Tertulis di aturan',
  official: 'Kata pejabat',
  inference: 'Penalaran kita sendiri',
  disputed: 'Pejabat berbeda pendapat',
};
export const CERTAINTY_NAMES: Readonly<Record<Draft['certainty'], string>> = {
  confirmed: 'Dibaca sendiri di sumbernya',
  inference: 'Penalaran, belum ada sumber langsung',
  'from-memory': 'Dari ingatan, perlu dicek',
};

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Training texts that check demands of a rule, and tests that must find it. */
export const LEAST_EXAMPLES = 12;
export const LEAST_TESTS = 3;

/** The name under which texts are written down: small letters and digits. */
export const writerOf = (login: string): string => login.toLowerCase().replace(/[^a-z0-9]+/g, '') || 'kurator';

/** Half a year later, `YYYY-MM-DD`. */
export function halfAYearAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 182);
  return date.toISOString().slice(0, 10);
}

/** The first three texts become tests, which must not be trained on; the others examples. */
export function draftOf(texts: readonly string[], login: string, name: string, rules: RuleList): Draft {
  return {
    id: '',
    title: '',
    topic: rules.topics[0]?.id ?? '',
    verdict: 'depends',
    basis: 'inference',
    certainty: 'inference',
    answer: '',
    detail: '',
    instead: '',
    conditions: '',
    positions: '',
    safeAdvice: '',
    citations: [],
    aliases: '',
    related: [],
    positive: texts.slice(0, LEAST_TESTS).join('\n'),
    negative: '',
    negativeRule: '',
    examples: texts.slice(LEAST_TESTS).join('\n'),
    writer: writerOf(login),
    reviewer: name,
    reviewBy: halfAYearAfter(rules.today),
  };
}
