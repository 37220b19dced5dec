/** A case and its key: the private half is wrapped to whoever may read, and then forgotten. */
import { type Id, randomId } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { NewCase } from '../store/reports/cases.ts';
import { makeKeyPairFast } from './native-keys.ts';
import { wrapCaseKeyFast } from './native-seal.ts';
import type { CaseKind } from './office.ts';
import { type Reader, type Readers, unitOf } from './readers.ts';

export interface PreparedCase {
  readonly id: Id;
  readonly recipient: RecipientText;
  readonly keys: NewCase['keys'];
  /** The office that gets it; empty where several do. */
  readonly unit: string;
  /** Bytes of the wrapped keys. */
  readonly size: number;
}

/** A key pair, wrapped to `active`; nothing is stored yet. */
export async function prepareCase(readers: Readers, active: readonly Reader[]): Promise<PreparedCase> {
  const id = randomId();
  const { identity, recipient } = makeKeyPairFast();
  const keys: Array<NewCase['keys'][number]> = [];
  for (const reader of active)
    keys.push({ officer: reader.id, wrapped: await wrapCaseKeyFast(id, identity, readers.native(reader)) });
  const size = keys.reduce((sum, { wrapped }) => sum + wrapped.length, 0);
  return { id, recipient, keys, unit: unitOf(active), size };
}

/** The rows of a case that begins now. */
export const caseRows = (
  { id, recipient, keys, unit }: Pick<PreparedCase, 'id' | 'recipient' | 'keys' | 'unit'>,
  state: {
    readonly kind: CaseKind;
    readonly status: 'draft' | 'new';
    readonly day: string;
    readonly places: number;
    readonly follows?: Id | undefined;
  },
): NewCase => ({
  row: {
    id,
    kind: state.kind,
    status: state.status,
    recipient,
    follows: state.follows ?? null,
    day: state.day,
    changed: state.day,
    opened: null,
    handed_on: null,
    closed: null,
    version: 1,
    places: state.places,
    unit,
  },
  keys,
});
