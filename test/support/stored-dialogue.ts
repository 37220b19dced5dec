/** A dialogue on a real SQLite file in a folder, as main.ts builds it, with the small rule base. */
import { NO_REPORTS, type ReportDesk } from '../../src/conversation/report-desk.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { Dialogue, type DialogueDependencies } from '../../src/dialogue/dialogue.ts';
import { StoredConversations } from '../../src/store/conversations.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { loadServerKey, type ServerKey } from '../../src/store/keys.ts';
import { smallBrain } from './small-brain.ts';

export interface StoredDialogue {
  readonly dialogue: Dialogue;
  readonly conversations: StoredConversations;
  readonly database: Database;
  readonly key: ServerKey;
}

export async function storedDialogue(
  folder: string,
  more: Pick<DialogueDependencies, 'onOutcome' | 'waitingAnswers'> & { readonly reports?: ReportDesk } = {},
): Promise<StoredDialogue> {
  const database = await openDatabase({ folder });
  const key = loadServerKey(folder);
  const conversations = new StoredConversations(database, key);
  const { reports = NO_REPORTS, ...rest } = more;
  const services = () => ({ ...smallBrain(), ...WITHOUT_REPORTS, reports, now: Date.now });
  return { dialogue: new Dialogue({ conversations, key, services, ...rest }), conversations, database, key };
}
