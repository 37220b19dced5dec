/** Many tips at once, as browsers send them: sealed with Node's own cryptography, some milliseconds each. */
import { SLOTS, type Slot } from '../../src/conversation/report-desk.ts';
import type { Core } from '../../src/reports/core.ts';
import { makeKeyPairFast, nativeRecipient, recipientOf } from '../../src/reports/native-keys.ts';
import { sealEntryFast, wrapCaseKeyFast } from '../../src/reports/native-seal.ts';
import { type SealedCase, WebIntake } from '../../src/reports/web-intake.ts';
import { type Id, randomId } from '../../src/sealing/id.ts';
import { makeReceipt, receiptKeys } from '../../src/sealing/receipt.ts';

/** Cases that are stored in one transaction. */
const AT_ONCE = 50;

/** Gives their ids in the order of their numbers. @param textsOf what the reporter of each tells; the rest is left empty */
export async function manyCases(
  core: Core,
  count: number,
  textsOf: (number: number) => Partial<Record<Slot, string>>,
): Promise<readonly Id[]> {
  const intake = new WebIntake(core);
  const ids: Id[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Math.min(AT_ONCE, count - from);
    const cases = await Promise.all(Array.from({ length: some }, (_, i) => sealedCase(core, textsOf(from + i))));
    const outcomes = await Promise.all(cases.map((one) => intake.submitSealed(one)));
    for (const { kind } of outcomes) if (kind !== 'kept') throw new Error(kind);
    ids.push(...cases.map(({ caseId }) => caseId));
  }
  return ids;
}

async function sealedCase(core: Core, texts: Partial<Record<Slot, string>>): Promise<SealedCase> {
  const caseId = randomId();
  const { identity, recipient } = makeKeyPairFast();
  const to = nativeRecipient(recipient);
  const { lookupHash, recipient: reporterRecipient } = await receiptKeys(makeReceipt(), recipientOf);
  const readers = await core.readers.active();
  const wrapped = await Promise.all(
    readers.map(async (reader) => ({
      reader: reader.id,
      wrapped: await wrapCaseKeyFast(caseId, identity, core.readers.native(reader)),
    })),
  );
  const entries = await Promise.all(
    SLOTS.map(async (part, place) => {
      const id = randomId();
      const entry = { case: caseId, id, author: 'reporter', part, day: core.today(), place } as const;
      return { id, sealed: await sealEntryFast({ ...entry, text: texts[part] ?? '' }, [to]) };
    }),
  );
  return { caseId, recipient, wrapped, entries, lookupHash, reporterRecipient };
}
