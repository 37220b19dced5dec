/**
 * `npm run eval`: how right the answers are, by cross-validation over the writers of the training texts. Takes a few minutes.
 *
 *   --rule ID     only what concerns one rule: which of its texts are missed, and what takes them
 *   --html FILE   writes the page with charts
 *   --quick       every fourth text
 *   --folds N     number of trainings (default 5)
 */
import { writeFileSync } from 'node:fs';
import { crossValidate } from '../evaluation/cross-validate.ts';
import { outcomes } from '../evaluation/measure.ts';
import { reportHtml, reportText, summarise } from '../evaluation/report.ts';
import { KNOWLEDGE_FOLDER, loadKnowledge } from '../knowledge/load.ts';
import { LIMITS } from '../matching/decide.ts';
import { commandLine } from './arguments.ts';
import { explainStartError } from './banner.ts';

const { values } = commandLine(
  {
    options: {
      rule: { type: 'string' },
      html: { type: 'string' },
      quick: { type: 'boolean', default: false },
      folds: { type: 'string', default: '5' },
    },
  },
  'npm run eval -- [--rule ID] [--html FILE] [--quick] [--folds N]',
);

try {
  const knowledge = loadKnowledge(KNOWLEDGE_FOLDER);
  if (values.rule !== undefined && !knowledge.rules.has(values.rule)) {
    console.error(`there is no rule "${values.rule}"`);
    process.exit(2);
  }
  const folds = Number(values.folds);
  if (!Number.isInteger(folds) || folds < 2) {
    console.error('--folds takes a whole number from 2');
    process.exit(2);
  }
  const judged = await crossValidate(knowledge, {
    folds,
    stride: values.quick ? 4 : 1,
    onFold: (done, of) => console.error(`training ${done} of ${of} done`),
  });
  const verdictOf = (id: string) => knowledge.rules.get(id)?.verdict;
  const list = outcomes(judged, verdictOf, LIMITS);
  if (values.rule === undefined) {
    const report = summarise(list, knowledge.rules);
    console.log(reportText(report));
    if (values.html !== undefined) writeFileSync(values.html, reportHtml(report));
  } else {
    const id = values.rule;
    const own = list.filter(({ label }) => label === id);
    const report = summarise(own, knowledge.rules);
    console.log(
      `${id}: ${own.length} texts, right first ${(100 * report.all.first).toFixed(1)} %, among three ${(100 * report.all.three).toFixed(1)} %\n\nmissed:`,
    );
    for (const { text, top } of own.filter((entry) => entry.top[0] !== id)) console.log(`  ${top[0]}   "${text}"`);
    console.log('\ntaken from others:');
    for (const { text, label } of list.filter(
      (entry) => entry.label !== id && entry.top[0] === id && entry.decision.outcome === 'answer',
    ))
      console.log(`  ${label}   "${text}"`);
  }
} catch (error) {
  explainStartError(error);
}
