/**
 * `npm run bench`: matching against other libraries, then Telegram and WhatsApp end to end against bare echo bots, then sealed tips
 * and the officers' desk with 1,000 cases.
 *
 *   --no-nlp        without the second table, with NLP.js and twenty texts a rule
 *   --sample N      questions for the comparison (default 100; fuse.js needs seconds a question)
 *   --only matching | telegram | whatsapp | reports | desk
 */
import { parseArgs } from 'node:util';
import { benchMatching } from './matching.ts';

const { values } = parseArgs({
  options: {
    'no-nlp': { type: 'boolean', default: false },
    sample: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
});
if (values.only === undefined || values.only === 'matching')
  await benchMatching({ nlp: false, sample: Number(values.sample), texts: undefined });
if ((values.only === undefined || values.only === 'matching') && !values['no-nlp']) {
  // NLP.js needs longer than anybody waits for all texts, so everybody is given twenty a rule
  await benchMatching({ nlp: true, sample: Number(values.sample), texts: 20 });
}
if (values.only === undefined || values.only === 'telegram') {
  const { benchTelegram } = await import('./telegram.ts');
  await benchTelegram();
}
if (values.only === undefined || values.only === 'whatsapp') {
  const { benchWhatsApp } = await import('./whatsapp.ts');
  await benchWhatsApp();
}
if (values.only === undefined || values.only === 'reports') {
  const { benchReports } = await import('./reports.ts');
  await benchReports();
}
if (values.only === undefined || values.only === 'desk') {
  const { benchDesk } = await import('./desk.ts');
  await benchDesk();
}
process.exit(0);
