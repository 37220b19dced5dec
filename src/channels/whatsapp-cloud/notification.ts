/** What Meta posts, as events. Pure; the only file, with content.ts, that knows the shape of notifications. */
import { z } from 'zod';
import { contentOf } from './content.ts';
import { type Inbound, WINDOW } from './inbound.ts';

/** Why something is not answered; fixed words, for metrics. */
export type Ignored = 'other-number' | 'other-field' | 'group' | 'service' | 'malformed' | 'late';

export type Event =
  | { readonly kind: 'message'; readonly inbound: Inbound }
  /** What became of one of our messages; `token` is what we gave it, `codes` say why it failed. */
  | { readonly kind: 'status'; readonly token: string | undefined; readonly codes: readonly number[] }
  | { readonly kind: 'ignored'; readonly why: Ignored };

const many = z.array(z.unknown()).catch([]);
const notification = z.object({ entry: many });
const entry = z.object({ changes: many });
const change = z.object({
  field: z.string(),
  value: z.object({
    metadata: z.object({ phone_number_id: z.string() }),
    messages: many,
    statuses: many,
  }),
});
const head = z.object({
  id: z.string().min(1).max(512),
  from: z.string().max(32).optional(),
  from_user_id: z.string().max(160).optional(),
  /** Seconds since 1970. */
  timestamp: z.coerce.number().int().positive(),
  group_id: z.string().optional(),
});
const status = z.object({
  status: z.string(),
  biz_opaque_callback_data: z.string().optional().catch(undefined),
  errors: z.array(z.object({ code: z.number() })).catch([]),
});

const ignored = (why: Ignored): Event => ({ kind: 'ignored', why });

/** The events of a notification: messages in the order in which they were written, and before them what became of ours. Never throws. */
export function readNotification(raw: unknown, phoneId: string, now: number): Event[] {
  const events = listed(notification, raw, ({ entry: entries }) =>
    entries.flatMap((one) =>
      listed(entry, one, ({ changes }) => changes.flatMap((each) => readChange(each, phoneId, now))),
    ),
  );
  const at = (event: Event) => (event.kind === 'message' ? event.inbound.at : 0);
  return events.sort((a, b) => at(a) - at(b));
}

function listed<T>(schema: z.ZodType<T>, raw: unknown, read: (value: T) => Event[]): Event[] {
  const parsed = schema.safeParse(raw);
  return parsed.success ? read(parsed.data) : [ignored('malformed')];
}

function readChange(raw: unknown, phoneId: string, now: number): Event[] {
  const { success, data } = change.safeParse(raw);
  // fields that the app is subscribed to beside messages have other shapes
  if (!success) return [ignored(isMessages(raw) ? 'malformed' : 'other-field')];
  if (data.field !== 'messages') return [ignored('other-field')];
  // one app may serve several numbers, and each has a bot of its own
  if (data.value.metadata.phone_number_id !== phoneId) return [ignored('other-number')];
  const { messages, statuses } = data.value;
  return [...statuses.map(readStatus), ...messages.map((message) => readMessage(message, now))];
}

const isMessages = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && 'field' in raw && raw.field === 'messages';

function readStatus(raw: unknown): Event {
  const { success, data } = status.safeParse(raw);
  if (!success) return ignored('malformed');
  const codes = data.status === 'failed' ? data.errors.map(({ code }) => code) : [];
  return { kind: 'status', token: data.biz_opaque_callback_data, codes };
}

function readMessage(raw: unknown, now: number): Event {
  const { success, data } = head.safeParse(raw);
  if (!success) return ignored('malformed');
  const person = /^\d{5,20}$/.test(data.from ?? '') ? data.from : data.from_user_id || data.from;
  if (!person || !/^[\w.]+$/.test(person)) return ignored('malformed');
  if (data.group_id !== undefined) return ignored('group');
  const at = Math.min(data.timestamp * 1000, now);
  if (now - at > WINDOW) return ignored('late');
  const content = contentOf(raw);
  return typeof content === 'string'
    ? ignored(content)
    : { kind: 'message', inbound: { id: data.id, person, at, ...content } };
}
