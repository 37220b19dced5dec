/**
 * `npm run bench`: matching against other libraries, then Telegram end to end against a bare echo bot.
 *
 *   --no-nlp        without NLP.js (its training takes minutes)
 *   --sample N      questions for the comparison (default 200; the slow peers need seconds a question)
 *   --only matching | telegram
 */
import { parseArgs } from 'node:util';
import { benchMatching } from './matching.ts';

const { values } = parseArgs({
  options: {
    'no-nlp': { type: 'boolean', default: false },
    sample: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
if (values.only === undefined || values.only === 'matching')
  await benchMatching({ nlp: !values['no-nlp'], sample: Number(values.sample) });
if (values.only === undefined || values.only === 'telegram') {
  const { benchTelegram } = await import('./telegram.ts');
  await benchTelegram();
}
process.exit(0);
