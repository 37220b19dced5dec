import type { Span } from '../../conversation/message.ts';

/** Escapes a text for Telegram's HTML. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Runs of text as Telegram's HTML. */
export const toHtml = (runs: readonly Span[]): string =>
  runs.map(({ text, bold }) => (bold ? `<b>${escapeHtml(text)}</b>` : escapeHtml(text))).join('');
