/** A dialogue on the real reports, for drivers of channels: the officers' part of the transcripts is played behind the channel. */
import { Dialogue } from '../../../src/dialogue/dialogue.ts';
import type { Brain } from '../../../src/learning/brain.ts';
import { StoredConversations } from '../../../src/store/conversations.ts';
import { testReports } from '../reports.ts';
import type { Driver, Heard } from '../transcript.ts';

export interface DialogueWithOfficers {
  readonly dialogue: Dialogue;
  /** Steps of a transcript that officers take. `listen` does something and gives back what came into the chat then. */
  acts(
    listen: (act: () => Promise<unknown>) => Promise<Heard>,
  ): Required<Pick<Driver, 'officers' | 'officer' | 'office' | 'restart'>>;
  close(): Promise<void>;
}

export async function dialogueWithOfficers(brain: Brain, now: () => number): Promise<DialogueWithOfficers> {
  const office = await testReports({ now, tell: (channel, address, text) => dialogue.tell(channel, address, text) });
  const dialogue = new Dialogue({
    conversations: new StoredConversations(office.database, office.key),
    key: office.key,
    services: () => ({ ...brain, ...office.services, now }),
    waitingAnswers: (origin) => office.reports.answers.takeAnswers(origin),
  });
  return {
    dialogue,
    acts: (listen) => ({
      officers: (there) => office.officersThere(there),
      officer: (text) => listen(() => office.answer(text)),
      office: (act) => office.act(act),
      restart: async () => office.restart(),
    }),
    close: () => office.close(),
  };
}
