/** A process that has had a PostgreSQL, and has something to say at its end. */
import { startPostgres } from './postgres.ts';

const { server, stop } = await startPostgres();
await stop();
process.exitCode = 'problem' in server ? 2 : 3;
