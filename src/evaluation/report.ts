/** The figures as a page to read: on a terminal, and as HTML with charts. */
import { OUT } from '../knowledge/load.ts';
import type { Rule } from '../knowledge/schema.ts';
import { type Confusion, confusions, type Figures, figures, type Outcome, reliability } from './measure.ts';

export interface Report {
  readonly all: Figures;
  readonly byTopic: ReadonlyArray<readonly [string, Figures]>;
  readonly byWriter: ReadonlyArray<readonly [string, Figures]>;
  readonly weakest: ReadonlyArray<readonly [string, Figures]>;
  readonly outClasses: ReadonlyArray<readonly [string, Figures]>;
  readonly bins: ReturnType<typeof reliability>;
  readonly confusions: readonly Confusion[];
}

const WEAKEST = 20;
const CONFUSIONS = 25;

export function summarise(list: readonly Outcome[], rules: ReadonlyMap<string, Rule>): Report {
  const verdictOf = (id: string) => rules.get(id)?.verdict;
  const group = (key: (entry: Outcome) => string | undefined): Array<readonly [string, Figures]> => {
    const groups = new Map<string, Outcome[]>();
    for (const entry of list) {
      const name = key(entry);
      if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), entry]);
    }
    return [...groups]
      .map(([name, entries]) => [name, figures(entries, verdictOf)] as const)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  };
  const byRule = group(({ label }) => (label.startsWith(OUT) ? undefined : label));
  return {
    all: figures(list, verdictOf),
    byTopic: group(({ label }) => rules.get(label)?.topic),
    byWriter: group(({ writer, label }) => (label.startsWith(OUT) ? undefined : writer)),
    weakest: [...byRule].sort((a, b) => a[1].three - b[1].three || a[1].first - b[1].first).slice(0, WEAKEST),
    outClasses: group(({ label }) => (label.startsWith(OUT) ? label.slice(OUT.length) : undefined)),
    bins: reliability(list.filter(({ label }) => !label.startsWith(OUT))),
    confusions: confusions(list, verdictOf).slice(0, CONFUSIONS),
  };
}

const percent = (value: number) => `${(100 * value).toFixed(1)}`.padStart(6);
const row = (name: string, f: Figures) =>
  `${name.padEnd(32)} ${String(f.inside).padStart(6)} ${percent(f.first)} ${percent(f.three)} ${percent(f.direct)} ${percent(f.helped)} ${percent(f.precision)} ${String(f.harmful).padStart(5)}`;

export function reportText(report: Report): string {
  const head = `${''.padEnd(32)} ${'texts'.padStart(6)} ${'first'.padStart(6)} ${'three'.padStart(6)} ${'direct'.padStart(6)} ${'helped'.padStart(6)} ${'precis'.padStart(6)}  harm`;
  return [
    'Every text is judged by a model that never read its writer. first/three: right rule first / among three, whatever is said;',
    'direct: answered at once and right; helped: answered or offered; precis: right among those answered at once (all in %);',
    'harm: answered with the opposite verdict (a count).',
    '',
    head,
    row('all', report.all),
    `out of scope: ${report.all.outside} texts, ${percent(report.all.rejected).trim()} % neither answered nor offered a rule, ${report.all.falseAnswers} answered`,
    '',
    'by topic',
    ...report.byTopic.map(([name, f]) => row(name, f)),
    '',
    'by writer',
    ...report.byWriter.map(([name, f]) => row(name, f)),
    '',
    'weakest rules',
    ...report.weakest.map(([name, f]) => row(name, f)),
    '',
    'out-of-scope classes                texts  rejected %',
    ...report.outClasses.map(
      ([name, f]) => `${name.padEnd(32)} ${String(f.outside).padStart(6)} ${percent(f.rejected)}`,
    ),
    '',
    'confidence      texts   said  right (%)',
    ...report.bins.map(
      (bin) =>
        `${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}  ${String(bin.count).padStart(9)} ${percent(bin.confidence)} ${percent(bin.right)}`,
    ),
    '',
    'confusions (opposite verdicts first)',
    ...report.confusions.map(
      ({ right, said, count, opposite, example }) =>
        `${opposite ? '! ' : '  '}${String(count).padStart(3)}  ${right} -> ${said}   "${example.slice(0, 70)}"`,
    ),
  ].join('\n');
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** One self-contained page: no script, charts as inline SVG. */
export function reportHtml(report: Report): string {
  const table = (title: string, rows: ReadonlyArray<readonly [string, Figures]>) =>
    `<h2>${title}</h2><table><tr><th>name<th>texts<th>first<th>three<th>direct<th>helped<th>precision<th>opposite</tr>${rows
      .map(
        ([name, f]) =>
          `<tr><td>${escapeHtml(name)}<td>${f.inside}${[f.first, f.three, f.direct, f.helped, f.precision].map((v) => `<td>${(100 * v).toFixed(1)}`).join('')}<td>${f.harmful}</tr>`,
      )
      .join('')}</table>`;
  const size = 260;
  const points = report.bins
    .filter(({ count }) => count > 0)
    .map(
      ({ confidence, right, count }) =>
        `<circle cx="${(confidence * size).toFixed(1)}" cy="${(size - right * size).toFixed(1)}" r="${(3 + Math.log10(count + 1) * 2).toFixed(1)}"><title>${count} texts</title></circle>`,
    )
    .join('');
  const bars = report.byTopic
    .map(
      ([name, f], i) =>
        `<g transform="translate(0 ${i * 22})"><text y="14">${escapeHtml(name)}</text><rect x="130" width="${(f.three * 300).toFixed(0)}" height="16" opacity=".35"/><rect x="130" width="${(f.first * 300).toFixed(0)}" height="16"/></g>`,
    )
    .join('');
  return `<!doctype html><meta charset="utf-8"><title>Tanya Netral: how right are the answers?</title>
<style>body{font:15px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}td,th{padding:.15rem .6rem;text-align:right;border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}rect,circle{fill:#0f766e}text{font:13px system-ui}.bad{color:#b91c1c}</style>
<h1>How right are the answers?</h1>
<p>Every text is judged by a model that never read its writer.</p>
${table('All', [['all', report.all]])}
<p>Out of scope: ${report.all.outside} texts, ${(100 * report.all.rejected).toFixed(1)} % neither answered nor offered a rule.</p>
<h2>By topic: right rule first (dark), among the first three (light)</h2>
<svg width="450" height="${report.byTopic.length * 22}" role="img" aria-label="accuracy by topic">${bars}</svg>
<h2>Is the confidence honest? Said (across) and right (up)</h2>
<svg width="${size}" height="${size}" role="img" aria-label="reliability" style="border:1px solid #999;overflow:visible"><path d="M0 ${size}L${size} 0" stroke="#999"/>${points}</svg>
${table('By topic', report.byTopic)}${table('By writer', report.byWriter)}${table('Weakest rules', report.weakest)}
<h2>Out-of-scope classes</h2><table>${report.outClasses.map(([name, f]) => `<tr><td>${escapeHtml(name)}<td>${f.outside}<td>${(100 * f.rejected).toFixed(1)} %</tr>`).join('')}</table>
<h2>Confusions</h2><table>${report.confusions.map((c) => `<tr class="${c.opposite ? 'bad' : ''}"><td>${escapeHtml(c.right)} → ${escapeHtml(c.said)}<td>${c.count}<td style="text-align:left">${escapeHtml(c.example)}</tr>`).join('')}</table>`;
}
