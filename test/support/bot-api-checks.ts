/** What the Bot API refuses about messages and results. */
import { parseHtml } from './bot-api-html.ts';

export type Payload = Readonly<Record<string, unknown>>;
export interface Button {
  readonly text: string;
  readonly data: string;
}

/** An answer with `ok: false`. */
export class Refusal extends Error {
  readonly code: number;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }
}

const bad = (description: string): Refusal => new Refusal(400, `Bad Request: ${description}`);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The plain text of a message, in UTF-16 units at most 4096. Throws {@link Refusal}. */
export function checkText(text: unknown, parseMode: unknown): string {
  if (typeof text !== 'string' || text.trim() === '') throw bad('message text is empty');
  if (parseMode !== undefined && parseMode !== 'HTML') throw bad(`unsupported parse_mode`);
  const parsed = parseMode === 'HTML' ? parseHtml(text) : { plain: text };
  if ('error' in parsed) throw bad(`can't parse entities: ${parsed.error}`);
  if (parsed.plain.trim() === '') throw bad('message text is empty');
  if (parsed.plain.length > 4096) throw bad('message is too long');
  return parsed.plain;
}

/** The rows of an inline keyboard. Throws {@link Refusal}. */
export function checkMarkup(markup: unknown): Button[][] {
  if (markup === undefined) return [];
  const rows = isRecord(markup) ? markup.inline_keyboard : undefined;
  if (!Array.isArray(rows)) throw bad('object expected as reply markup');
  return rows.map((row) => {
    if (!Array.isArray(row)) throw bad('field "inline_keyboard" must be of type Array of Arrays');
    return row.map((button) => {
      if (!isRecord(button) || typeof button.text !== 'string' || button.text.trim() === '')
        throw bad('inline keyboard button text must be non-empty');
      const data = button.callback_data;
      if (typeof data !== 'string') throw bad('text buttons are unallowed in the inline keyboard');
      const bytes = Buffer.byteLength(data);
      if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID');
      return { text: button.text, data };
    });
  });
}

/** An article of an inline answer. */
export interface Article {
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly text: string;
  readonly html: string;
}

/** Throws {@link Refusal}. */
export function checkResults(results: unknown): Article[] {
  if (!Array.isArray(results)) throw bad("can't parse inline query results JSON object");
  if (results.length > 50) throw bad('RESULTS_TOO_MUCH');
  const ids = new Set<string>();
  return results.map((result) => {
    if (!isRecord(result) || result.type !== 'article') throw bad('type of inline query result is unallowed');
    const { id, title, description, input_message_content: content } = result;
    if (typeof id !== 'string' || Buffer.byteLength(id) < 1 || Buffer.byteLength(id) > 64)
      throw bad('RESULT_ID_INVALID');
    if (ids.has(id)) throw bad('RESULT_ID_DUPLICATE');
    ids.add(id);
    if (typeof title !== 'string' || title === '') throw bad('RESULT_TITLE_EMPTY');
    if (!isRecord(content)) throw bad('message_content is empty');
    const text = checkText(content.message_text, content.parse_mode);
    return {
      id,
      title,
      description: typeof description === 'string' ? description : undefined,
      text,
      html: String(content.message_text),
    };
  });
}

/** Names and lengths of menu commands. Throws {@link Refusal}. */
export function checkCommands(commands: unknown): ReadonlyArray<{ command: string; description: string }> {
  if (!Array.isArray(commands) || commands.length > 100) throw bad('BOT_COMMANDS_INVALID');
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw bad('BOT_COMMAND_INVALID');
    if (typeof description !== 'string' || description.length < 1 || description.length > 256)
      throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
  }
  return commands;
}
