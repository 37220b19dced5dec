import type { CloudRow } from '../../store/cloud-inbox.ts';
import { type Inbound, parseInbound } from './inbound.ts';

/** A message that is to be answered, and how far its answer has come. */
export interface Job {
  /** Its row in the inbox. */
  readonly row: string;
  readonly inbound: Inbound;
  /** See {@link CloudRow}. */
  readonly begun: number;
  readonly confirmed: number;
}

/** The job that a row stands for; undefined where the row cannot be read. */
export function jobOf({ id, content, begun, confirmed }: CloudRow): Job | undefined {
  const inbound = content === undefined ? undefined : parseInbound(content);
  return inbound && { row: id, inbound, begun, confirmed };
}
