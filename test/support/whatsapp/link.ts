/** Links the product to the fake server without pairing. */
import { AuthState } from '../../../src/channels/whatsapp/auth-state.ts';
import { loadBaileys } from '../../../src/channels/whatsapp/baileys.ts';
import type { Database } from '../../../src/store/database.ts';
import type { ServerKey } from '../../../src/store/keys.ts';
import { WhatsAppAuthRows } from '../../../src/store/whatsapp-auth.ts';
import type { WhatsAppServer } from './interface.ts';

/** Puts the server's credentials where the bot looks for them, as if it had been paired. */
export async function link(server: WhatsAppServer, database: Database, key: ServerKey): Promise<void> {
  const baileys = await loadBaileys();
  const rows = new WhatsAppAuthRows(database, key, 'default');
  const auth = new AuthState({
    baileys,
    rows,
    onFailure: (error) => {
      throw error;
    },
  });
  await auth.load();
  await auth.save(server.linkedCredentials());
}
