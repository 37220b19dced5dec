/** The officer's private key, and everything that needs it, away from the page: it cannot freeze it, and ending it forgets the key. */
import { encodeEntry } from '../../../sealing/entry.ts';
import { HybridIdentity } from '../../../sealing/hybrid-identity.ts';
import { base64url, fromBase64url, randomId } from '../../../sealing/id.ts';
import { unpad } from '../../../sealing/padding.ts';
import { type Derived, derive, strength, unwrapIdentity, wrapIdentity } from '../../../sealing/passphrase.ts';
import {
  type Identity,
  makeKeyPair,
  openBytes,
  openEntry,
  type RecipientText,
  sealBytes,
  unwrapCaseKey,
  wrapCaseKey,
} from '../../../sealing/seal.ts';
import { serve } from '../../shared/worker-call.ts';
import type { Calls, NewKey, Opened, SealedEntryItem } from './calls.ts';

let derived: Derived | undefined;
/** A private key, and the same made ready to open much. */
interface Key {
  readonly identity: Identity;
  readonly opener: HybridIdentity;
}

let own: (Key & { readonly recipient: string }) | undefined;
/** Private keys of cases that have been opened. */
const caseKeys = new Map<string, Key>();

serve<Calls>({
  async make(login, passphrase) {
    const { identity, recipient } = await makeKeyPair();
    own = { ...(await keyOf(identity)), recipient };
    return wrapOwn(login, passphrase);
  },
  async prove(passphrase, salt) {
    derived = await derive(passphrase, fromBase64url(salt));
    return base64url(derived.auth);
  },
  async unwrap(login, wrapped) {
    if (derived === undefined) return false;
    try {
      const identity = await unwrapIdentity(fromBase64url(wrapped), derived.wrap, login);
      own = { ...(await keyOf(identity)), recipient: '' };
      return true;
    } catch {
      return false;
    } finally {
      derived = undefined;
    }
  },
  rewrap: wrapOwn,
  open,
  openMany: (cases) =>
    // together: the browser computes with one key while this reads the file of another
    Promise.all(cases.map(({ id, wrapped, entries }) => open(id, wrapped, entries).catch(() => undefined))),
  openLarge: async (caseId, wrapped, id, sealed) => openOne(caseId, await caseKey(caseId, wrapped), id, () => sealed),
  async seal(caseId, entry, recipients) {
    const id = randomId();
    const bytes = encodeEntry({ case: caseId, id, part: 'text', ...entry });
    return { id, sealed: base64url(await sealBytes(bytes, recipients as RecipientText[])) };
  },
  async wrapFor(caseId, wrapped, recipients) {
    const key = await caseKey(caseId, wrapped);
    const out: string[] = [];
    for (const to of recipients) out.push(base64url(await wrapCaseKey(caseId, key.identity, to as RecipientText)));
    return out;
  },
  async openTexts(items) {
    const texts: Array<{ id: string; text: string }> = [];
    for (const { id, sealed } of items) {
      try {
        const bytes = await openBytes(fromBase64url(sealed), ownKey().opener);
        const content = unpad(bytes);
        if (content !== undefined) texts.push({ id, text: new TextDecoder().decode(content) });
      } catch {
        // not for this curator
      }
    }
    return texts;
  },
  strength: async (passphrase) => strength(passphrase),
});

async function open(caseId: string, wrapped: string, entries: readonly SealedEntryItem[]): Promise<readonly Opened[]> {
  const key = await caseKey(caseId, wrapped);
  return Promise.all(entries.map(({ id, sealed }) => openOne(caseId, key, id, () => fromBase64url(sealed))));
}

async function openOne(caseId: string, { opener }: Key, id: string, read: () => Uint8Array): Promise<Opened> {
  try {
    const { case: _case, ...entry } = await openEntry(read(), opener, { case: caseId, id });
    return { ok: true, entry };
  } catch {
    return { ok: false, id };
  }
}

async function wrapOwn(login: string, passphrase: string): Promise<NewKey> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const { auth, wrap } = await derive(passphrase, salt);
  const wrapped = await wrapIdentity(ownKey().identity, wrap, login);
  return {
    salt: base64url(salt),
    auth: base64url(auth),
    wrapped: base64url(wrapped),
    recipient: own?.recipient ?? '',
  };
}

const keyOf = async (identity: Identity): Promise<Key> => ({ identity, opener: await HybridIdentity.of(identity) });

function ownKey(): Key {
  if (own === undefined) throw new Error('locked');
  return own;
}

async function caseKey(caseId: string, wrapped: string): Promise<Key> {
  const known = caseKeys.get(caseId);
  if (known !== undefined) return known;
  const key = await keyOf(await unwrapCaseKey(caseId, fromBase64url(wrapped), ownKey().opener));
  caseKeys.set(caseId, key);
  return key;
}
