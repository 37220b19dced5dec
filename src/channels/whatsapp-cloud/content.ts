/** What a message carries: a text (typed, chosen, or a caption), or something that is not read. */
import { z } from 'zod';
import type { Message, UnsupportedKind } from '../../conversation/message.ts';

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

const captioned = z.object({ caption: z.string().optional() }).optional().catch(undefined);
const chosen = z.object({ id: z.string() });
const message = z.object({
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  image: captioned,
  video: captioned,
  document: captioned,
  reaction: z.object({ emoji: z.string().optional() }).optional(),
  /** A button of a template, whose text is what the person meant to say. */
  button: z.object({ text: z.string() }).optional(),
  interactive: z.object({ button_reply: chosen.optional(), list_reply: chosen.optional() }).optional(),
});

/** The content of a message as the webhook shows it; `service` where there is nothing to answer, `malformed` where it is not what Meta promises. */
export function contentOf(raw: unknown): Message | 'service' | 'malformed' {
  const parsed = message.safeParse(raw);
  if (!parsed.success) return 'malformed';
  const { type, reaction } = parsed.data;
  if (SERVICE.includes(type)) return 'service';
  // a reaction that was taken back
  if (type === 'reaction' && !reaction?.emoji) return 'service';
  const said = saidIn(parsed.data);
  // an empty text is answered as such, an empty caption is none
  if (said !== undefined && (type === 'text' || said.trim() !== ''))
    return { kind: 'text', text: said.slice(0, TEXT_LIMIT) };
  return type === 'text' ? 'malformed' : { kind: 'unsupported', what: KINDS.get(type) ?? 'other' };
}

/** The words of a message. A chosen button or row counts by its id, which is what the choice sends. */
function saidIn({ type, text, button, interactive, image, video, document }: z.output<typeof message>) {
  switch (type) {
    case 'text':
      return text?.body;
    case 'button':
      return button?.text;
    case 'interactive':
      return (interactive?.button_reply ?? interactive?.list_reply)?.id;
    case 'image':
      return image?.caption;
    case 'video':
      return video?.caption;
    case 'document':
      return document?.caption;
    default:
      return undefined;
  }
}
