/** What a person sees in a private chat. */
import { describe, expect, test } from 'vitest';
import { firstAnswer, QUESTION, startBot } from '../../support/telegram-services.ts';

describe('a private chat', () => {
  test('a question is answered with the card and its buttons', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, QUESTION);
    const [answer] = await telegram.messages(7, 1);
    expect(answer?.text).toContain('TIDAK BOLEH');
    expect(answer?.html).toContain('<b>TIDAK BOLEH</b>');
    expect(answer?.rows.flat().map(({ data }) => data)).toContain('/rinci medsos-like');
    expect(answer?.payload.link_preview_options).toEqual({ is_disabled: true });
    expect(answer?.payload.reply_parameters).toBeUndefined();
    await telegram.settled();
  });
});
