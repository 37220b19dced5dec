/** A program for the audit test: opens a database that may be new, and adds to the chain beside others that do the same. */
import { openDatabase } from '../../src/store/database.ts';
import { inOneChange } from '../../src/store/reports/change.ts';

const [folder = '', url = '', name = ''] = process.argv.slice(2);
const database = await openDatabase({ folder, ...(url === '' ? {} : { url }) });
for (let i = 0; i < 20; i++)
  await inOneChange(database, async ({ trx, audit }) => {
    // reading first is where SQLite would refuse to write after another process
    await trx.selectFrom('audit').select('seq').limit(1).execute();
    audit({ at: '2026-11-21', actor: 'server', event: 'a', detail: name });
    audit({ at: '2026-11-21', actor: 'server', event: 'b', detail: name });
  });
await database.destroy();
