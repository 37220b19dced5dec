/** People who use the web page's API over real HTTP. */
import { realBrain } from '../brain.ts';
import type { Driver, Heard } from '../transcript.ts';
import { webServices } from '../web-services.ts';
import type { ChannelUnderTest } from './channel.ts';
import { dialogueWithOfficers } from './officers.ts';

interface Answer {
  readonly session: string;
  readonly replies: ReadonlyArray<{ readonly text: string; readonly choices: Heard['choices'] }>;
  readonly error?: string;
}

export async function openWebDriver(): Promise<ChannelUnderTest> {
  const brain = await realBrain();
  let shift = 0;
  const office = await dialogueWithOfficers(brain, () => Date.now() + shift);
  const { server } = await webServices(brain, office.dialogue);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  let visitors = 0;
  return {
    driver(): Driver {
      let session: string | null = null;
      // each visitor has an address of their own, so that the limit for one address does not end the suite
      const forwarded = `10.0.${Math.floor(visitors / 250)}.${(visitors++ % 250) + 1}`;
      const say = async (text: string): Promise<Heard> => {
        const response = await fetch(`${address}/api/chat`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
          body: JSON.stringify({ session, text }),
        });
        const answer = (await response.json()) as Answer;
        if (answer.error !== undefined) return { text: answer.error, choices: [] };
        session = answer.session;
        return {
          text: answer.replies.map((reply) => reply.text).join('\n'),
          choices: answer.replies.flatMap((reply) => reply.choices),
        };
      };
      // nothing is said to a page that has not asked
      const listen = async (act: () => Promise<unknown>): Promise<Heard> => {
        await act();
        return { text: '', choices: [] };
      };
      return {
        say,
        press: ({ send }) => say(send),
        wait: (hours) => {
          shift += hours * 3_600_000;
        },
        ...office.acts(listen),
      };
    },
    async close() {
      await server.close();
      await office.close();
    },
  };
}
