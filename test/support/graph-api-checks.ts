/** What the Cloud API refuses about messages. */

export type Payload = Readonly<Record<string, unknown>>;

/** Something a person can press under a message. */
export interface Pressable {
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly in: 'button' | 'list';
}

/** What a person sees of a message. */
export interface Seen {
  readonly kind: 'text' | 'buttons' | 'list';
  readonly text: string;
  readonly choices: readonly Pressable[];
}

/** An error answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const bad = (message: string, code = 131009): Refusal => new Refusal(400, code, `(#${code}) ${message}`);
const isRecord = (value: unknown): value is Payload => typeof value === 'object' && value !== null;
const record = (value: unknown, what: string): Payload => {
  if (!isRecord(value)) throw bad(`${what} must be an object`, 100);
  return value;
};
const onlyKeys = (value: Payload, keys: readonly string[], what: string) => {
  for (const key of Object.keys(value)) if (!keys.includes(key)) throw bad(`unexpected key "${key}" on ${what}`, 100);
};

function text(value: unknown, most: number, what: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw bad(`${what} is required`, 131008);
  if (value.length > most) throw bad(`${what} has ${value.length} characters, at most ${most} are allowed`);
  if (!value.isWellFormed()) throw bad(`${what} is not well-formed`);
  return value;
}

function line(value: unknown, most: number, what: string): string {
  const checked = text(value, most, what);
  if (/[\n\t]/.test(checked)) throw bad(`${what} has more than one line`);
  return checked;
}

/** To whom a message goes. A user id among the numbers is taken by Meta and never delivered. Throws {@link Refusal}. */
export function checkRecipient({ to, recipient, recipient_type }: Payload): { person: string; lost: boolean } {
  if (recipient_type !== 'individual') throw bad('recipient_type must be individual', 100);
  if ((to === undefined) === (recipient === undefined)) throw bad('one of to and recipient is required', 131008);
  if (to !== undefined) return { person: String(to), lost: !/^\d{5,20}$/.test(String(to)) };
  if (!/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/.test(String(recipient))) throw bad('recipient is not a user id');
  return { person: String(recipient), lost: false };
}

/** What a person will see. Throws {@link Refusal}. */
export function checkMessage(payload: Payload): Seen {
  onlyKeys(
    payload,
    [
      'messaging_product',
      'recipient_type',
      'to',
      'recipient',
      'type',
      'text',
      'interactive',
      'biz_opaque_callback_data',
    ],
    'message',
  );
  if (payload.messaging_product !== 'whatsapp') throw bad('messaging_product must be whatsapp', 100);
  if (payload.biz_opaque_callback_data !== undefined)
    text(payload.biz_opaque_callback_data, 512, 'biz_opaque_callback_data');
  switch (payload.type) {
    case 'text': {
      const { body, preview_url: preview, ...rest } = record(payload.text, 'text');
      onlyKeys(rest, [], 'text');
      if (typeof preview !== 'boolean') throw bad('preview_url must be a boolean', 100);
      return { kind: 'text', text: text(body, 4096, 'text.body'), choices: [] };
    }
    case 'interactive':
      return checkInteractive(record(payload.interactive, 'interactive'));
    default:
      throw bad('type is not supported', 131051);
  }
}

function checkInteractive(interactive: Payload): Seen {
  onlyKeys(interactive, ['type', 'body', 'action'], 'interactive');
  const body = record(interactive.body, 'body').text;
  const action = record(interactive.action, 'action');
  switch (interactive.type) {
    case 'button':
      onlyKeys(action, ['buttons'], 'action');
      return { kind: 'buttons', text: text(body, 1024, 'body'), choices: checkButtons(action.buttons) };
    case 'list':
      onlyKeys(action, ['button', 'sections'], 'action');
      line(action.button, 20, 'action.button');
      return { kind: 'list', text: text(body, 4096, 'body'), choices: checkSections(action.sections) };
    default:
      throw bad('interactive.type is not supported', 100);
  }
}

function checkButtons(buttons: unknown): Pressable[] {
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3) throw bad('1 to 3 buttons are allowed');
  return unlike(
    buttons.map((button) => {
      const { type, reply } = record(button, 'button');
      if (type !== 'reply') throw bad('button.type must be reply', 100);
      const { id, title } = record(reply, 'reply');
      return { id: line(id, 256, 'id'), title: line(title, 20, 'title'), description: undefined, in: 'button' };
    }),
  );
}

function checkSections(sections: unknown): Pressable[] {
  if (!Array.isArray(sections) || sections.length < 1 || sections.length > 10)
    throw bad('1 to 10 sections are allowed');
  const rows = sections.flatMap((section) => {
    const { rows: own, title } = record(section, 'section');
    if (sections.length > 1) line(title, 24, 'section.title');
    if (!Array.isArray(own)) throw bad('rows must be a list', 100);
    return own;
  });
  if (rows.length < 1 || rows.length > 10) throw bad(`${rows.length} rows, 1 to 10 in all are allowed`);
  return unlike(
    rows.map((row) => {
      const { id, title, description, ...rest } = record(row, 'row');
      onlyKeys(rest, [], 'row');
      return {
        id: line(id, 200, 'row.id'),
        title: line(title, 24, 'row.title'),
        description: description === undefined ? undefined : line(description, 72, 'row.description'),
        in: 'list',
      };
    }),
  );
}

function unlike(choices: Pressable[]): Pressable[] {
  for (const key of ['id', 'title'] as const)
    if (new Set(choices.map((choice) => choice[key])).size < choices.length)
      throw bad(`two choices have the same ${key}`);
  return choices;
}
