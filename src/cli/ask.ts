/**
 * `npm run ask -- "boleh like postingan calon?"`: one question, answered on the terminal.
 *
 *   --why     also the words, features and scores that led to the answer
 *   --jsonl   reads { "id", "text" } lines from standard input and writes one result a line, in order; nothing else on standard output
 */
import { createInterface } from 'node:readline';
import { renderTerminal } from '../channels/terminal/render.ts';
import { cacheFolder, loadEnvFile } from '../config.ts';
import { LOCAL } from '../conversation/origin.ts';
import { respond } from '../conversation/respond.ts';
import { WITHOUT_REPORTS } from '../conversation/services.ts';
import { newState } from '../conversation/state.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge/load.ts';
import { type Brain, loadBrain } from '../learning/brain.ts';
import { commandLine } from './arguments.ts';
import { explainStartError } from './banner.ts';
import { trainingProgress } from './progress.ts';

const { values, positionals } = commandLine(
  {
    allowPositionals: true,
    options: {
      why: { type: 'boolean', default: false },
      jsonl: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  },
  'npm run ask -- [--why] "boleh like postingan calon?" | npm run --silent ask -- --jsonl < questions.jsonl',
);

const question = positionals.join(' ');
if (values.help || (!values.jsonl && question === '')) {
  console.error(
    'usage: npm run ask -- [--why] "boleh like postingan calon?"\n       npm run --silent ask -- --jsonl < questions.jsonl',
  );
  process.exit(values.help ? 0 : 2);
}

loadEnvFile();
const brain = await loadBrain(process.env.KNOWLEDGE_DIR?.trim() || KNOWLEDGE_FOLDER, {
  cache: cacheFolder(),
  onProgress: trainingProgress(),
}).catch(explainStartError);
if (values.jsonl) await answerLines(brain);
else {
  const services = { ...brain, ...WITHOUT_REPORTS, now: () => Date.now() };
  const { replies } = await respond(newState(), { kind: 'text', text: question }, services, LOCAL);
  console.log(renderTerminal(replies, process.stdout.isTTY));
  if (values.why) console.log(why(brain, question));
}

/** One result a line. A line that is no `{ "id", "text" }` ends the command with its number. */
async function answerLines({ knowledge, matcher }: Brain): Promise<void> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const asked = parseLine(line);
    if (!asked) {
      console.error(`line ${number} is not { "id": ..., "text": "..." }`);
      process.exitCode = 2;
      return;
    }
    const match = matcher.match(asked.text);
    const rule = match.outcome === 'answer' ? match.rule : null;
    const kind = match.outcome === 'out' ? knowledge.outOfScope.get(match.outClass)?.kind : undefined;
    const outcome =
      match.outcome !== 'out'
        ? match.outcome
        : kind === 'smalltalk' || kind === 'follow-up'
          ? 'smalltalk'
          : kind === 'command'
            ? 'command'
            : 'unknown';
    const confidence = Number(match.confidence.toFixed(4));
    const candidates =
      outcome === 'answer' || outcome === 'choose'
        ? match.candidates.map((c) => ({ rule: c.rule, confidence: Number(c.confidence.toFixed(4)) }))
        : [];
    const verdict = rule === null ? null : (knowledge.rules.get(rule)?.verdict ?? null);
    process.stdout.write(`${JSON.stringify({ id: asked.id, outcome, rule, verdict, confidence, candidates })}\n`);
  }
}

function parseLine(line: string): { id: unknown; text: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
      return undefined;
    return { id: 'id' in value ? value.id : null, text: value.text };
  } catch {
    return undefined;
  }
}

function why({ matcher }: Brain, text: string): string {
  const { tokens, scores, reasons } = matcher.explain(text);
  return [
    '',
    `words    ${tokens.map(({ raw, word, repaired }) => (raw === word ? word : `${raw}${repaired ? '~' : '→'}${word}`)).join(' ')}`,
    ...scores.map(
      ({ label, probability }, i) => `${i === 0 ? 'scores   ' : '         '}${probability.toFixed(3)}  ${label}`,
    ),
    ...reasons.map(
      ({ feature, weight }, i) => `${i === 0 ? 'features ' : '         '}${weight.toFixed(3)}  ${feature}`,
    ),
  ].join('\n');
}
