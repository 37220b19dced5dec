import { type ChatAddress, chatAddress } from '../../store/keys.ts';

/** Where an answer goes. */
export interface Place {
  readonly chat: number;
  readonly person: number;
  readonly group: boolean;
  /** The message that the answer quotes: in groups, so that everybody sees who is answered. */
  readonly quote: number | undefined;
  /** The forum topic that the answer belongs to. */
  readonly thread: number | undefined;
}

/** Every person in a group has a conversation of their own, so that one's settings never show in another's answers. */
export const addressOf = ({ chat, person, group }: Place): ChatAddress =>
  chatAddress(group ? `${chat}:${person}` : String(chat));

/** The place that {@link addressOf} named, for what is said without being asked; undefined where it is none. */
export function placeAt(address: ChatAddress): Place | undefined {
  const [, chat = '', person] = /^(-?\d{1,20})(?::(\d{1,20}))?$/.exec(address) ?? [];
  if (chat === '') return undefined;
  const group = person !== undefined;
  return { chat: Number(chat), person: Number(person ?? chat), group, quote: undefined, thread: undefined };
}
