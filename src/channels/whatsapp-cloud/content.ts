/** What a message carries: a text (typed or chosen), or something else, with the words under it. */
import { z } from 'zod';
import type { Message, UnsupportedKind } from '../../conversation/message.ts';
import type { Attachment } from './attachment.ts';

/** Longer texts are cut here: the conversation asks to be brief long before. */
const TEXT_LIMIT = 5_000;

/** WhatsApp's types of what people send. A type that is not here is one yet to come; {@link SERVICE} is not sent by people. */
const KINDS: ReadonlyMap<string, UnsupportedKind> = new Map([
  ['image', 'photo'],
  ['video', 'video'],
  ['audio', 'voice'],
  ['voice', 'voice'],
  ['sticker', 'sticker'],
  ['document', 'document'],
  ['location', 'location'],
  ['contacts', 'contact'],
  ['poll', 'poll'],
]);
/** Notices of WhatsApp itself: somebody has changed their number, or has opened the chat. */
const SERVICE: readonly string[] = ['system', 'request_welcome', 'ephemeral'];

const text = z.string().optional().catch(undefined);
/** Ids become a part of an address. */
const file = z
  .object({
    id: z
      .string()
      .regex(/^[\w-]{1,256}$/)
      .optional()
      .catch(undefined),
    caption: text,
    filename: text,
  })
  .optional()
  .catch(undefined);
const chosen = z.object({ id: z.string() });
const message = z.object({
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  image: file,
  video: file,
  audio: file,
  voice: file,
  document: file,
  reaction: z.object({ emoji: z.string().optional() }).optional(),
  /** A button of a template, whose text is what the person meant to say. */
  button: z.object({ text: z.string() }).optional(),
  interactive: z.object({ button_reply: chosen.optional(), list_reply: chosen.optional() }).optional(),
});

export interface Content {
  readonly message: Message;
  readonly file: Attachment | undefined;
}

/** The content of a message as the webhook shows it; `service` where there is nothing to answer, `malformed` where it is not what Meta promises. */
export function contentOf(raw: unknown): Content | 'service' | 'malformed' {
  const parsed = message.safeParse(raw);
  if (!parsed.success) return 'malformed';
  const { type, reaction } = parsed.data;
  if (SERVICE.includes(type)) return 'service';
  // a reaction that was taken back
  if (type === 'reaction' && !reaction?.emoji) return 'service';
  const said = saidIn(parsed.data);
  // an empty text is answered as such
  if (said !== undefined && (type === 'text' || said.trim() !== ''))
    return { message: { kind: 'text', text: said.slice(0, TEXT_LIMIT) }, file: undefined };
  return type === 'text' ? 'malformed' : somethingElse(parsed.data);
}

function somethingElse(data: z.output<typeof message>): Content {
  const what = KINDS.get(data.type) ?? 'other';
  const sent = [data.image, data.video, data.audio, data.voice, data.document].find((found) => found !== undefined);
  const caption = sent?.caption?.slice(0, TEXT_LIMIT) ?? '';
  return {
    message: { kind: 'unsupported', what, ...(caption.trim() === '' ? {} : { caption }) },
    file: sent?.id === undefined ? undefined : { id: sent.id, name: sent.filename },
  };
}

/** The words of a message. A chosen button or row counts by its id, which is what the choice sends. */
function saidIn({ type, text, button, interactive }: z.output<typeof message>) {
  switch (type) {
    case 'text':
      return text?.body;
    case 'button':
      return button?.text;
    case 'interactive':
      return (interactive?.button_reply ?? interactive?.list_reply)?.id;
    default:
      return undefined;
  }
}
