/**
 * `npm run check`: everything that is wrong with the rule base, with file, line and repair. Exit status 1 where something is.
 *
 *   --quick   without training the matcher (no overmatch checks)
 *   --folder  another copy of the knowledge folder
 */
import { cacheFolder, loadEnvFile } from '../config.ts';
import { checkCards, checkSituations } from '../conversation/check-cards.ts';
import { checkKnowledge } from '../knowledge/check.ts';
import { KNOWLEDGE_FOLDER, readKnowledge, readUtterances } from '../knowledge/load.ts';
import { formatProblem, type Problem } from '../knowledge/problem.ts';
import { learn } from '../learning/learn.ts';
import { checkTests } from '../matching/check-tests.ts';
import { checkUtterances } from '../matching/check-utterances.ts';
import { Matcher } from '../matching/matcher.ts';
import { commandLine } from './arguments.ts';
import { trainingProgress } from './progress.ts';

const { values } = commandLine(
  {
    options: { quick: { type: 'boolean', default: false }, folder: { type: 'string', default: KNOWLEDGE_FOLDER } },
  },
  'npm run check -- [--quick] [--folder FOLDER]',
);

loadEnvFile();
const { knowledge, problems } = readKnowledge(values.folder);
if (!knowledge) report(problems);
const read = readUtterances(values.folder);
const today = new Date().toISOString().slice(0, 10);
const found = [
  ...checkKnowledge(knowledge, { today }),
  ...checkCards(knowledge),
  ...checkSituations(knowledge),
  ...read.problems,
  // a file that cannot be read would make every rule of its topic look untaught
  ...(read.problems.length > 0 ? [] : checkUtterances(knowledge, read.utterances)),
];
if (found.length > 0 || values.quick) report(found);
const model = await learn(knowledge, { cache: cacheFolder(), onProgress: trainingProgress() });
report(checkTests(knowledge, new Matcher(knowledge, model)));

function report(list: readonly Problem[]): never {
  for (const problem of list) console.error(formatProblem(problem));
  if (list.length > 0) console.error(`\n${list.length} problem(s)`);
  else
    console.log(
      `rule base in order: ${knowledge?.rules.size ?? 0} rules, ${read?.utterances.length ?? 0} training texts`,
    );
  process.exit(list.length > 0 ? 1 : 0);
}
