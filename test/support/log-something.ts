/** A program for the log's test: writes to the log what must not be in it, in every way that a caller could. */
import { createLog } from '../../src/operations/log.ts';

const [secret = ''] = process.argv.slice(2);
const log = createLog('trace');
log.info({ token: secret, secret, text: secret, chat: secret, from: secret, phone: secret }, 'named');
log.info({ update: { text: secret, payload: secret, response: secret, chat: { id: secret } } }, 'nested');
log.warn({ headers: { authorization: secret, cookie: secret } }, 'headers');
const error = Object.assign(new Error(`400: ${secret}`), {
  code: 400,
  response: { description: secret },
  on: { payload: { text: secret } },
});
log.error({ err: error }, 'with a text of ours');
log.error({ err: error });
log.error(error);
log.error(error, 'and a text of ours');
log.info({ rules: 3 }, 'rule base ready');
