/** What the desk's page does with what the server gives it, without a browser: the same requests, the same opening and sealing. */
import type { CaseDetail, CaseItem, CaseList, Changed, Grants } from '../../src/channels/web/desk/contract.ts';
import { nativeRecipient } from '../../src/reports/native-keys.ts';
import { sealEntryFast, wrapCaseKeyFast } from '../../src/reports/native-seal.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { fromBase64url, randomId } from '../../src/sealing/id.ts';
import { type Identity, openEntry, type RecipientText, unwrapCaseKey } from '../../src/sealing/seal.ts';
import type { DeskServices } from './desk-services.ts';

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A signed-in officer at the desk. */
export class DeskOfficer {
  readonly id: string;
  readonly identity: Identity;
  readonly #desk: DeskServices;
  readonly #cookie: string;

  constructor(desk: DeskServices, account: { id: string; cookie: string; identity: Identity }) {
    this.#desk = desk;
    this.id = account.id;
    this.identity = account.identity;
    this.#cookie = account.cookie;
  }

  async get<T = unknown>(path: string): Promise<Answer<T>> {
    const response = await fetch(`${this.#desk.origin}/desk/api/${path}`, { headers: { cookie: this.#cookie } });
    return { status: response.status, body: (await response.json()) as T };
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await fetch(`${this.#desk.origin}/desk/api/${path}`, { headers: { cookie: this.#cookie } });
    return new Uint8Array(await response.arrayBuffer());
  }

  async post<T = Changed>(path: string, body: unknown): Promise<Answer<T>> {
    const response = await fetch(`${this.#desk.origin}/desk/api/${path}`, {
      method: 'POST',
      headers: { cookie: this.#cookie, 'x-desk': '1', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  async list(since?: string): Promise<CaseList> {
    const { status, body } = await this.get<CaseList>(since === undefined ? 'cases' : `cases?since=${since}`);
    if (status !== 200) throw new Error(`the list: ${status}`);
    return body;
  }

  /** Throws where the case cannot be read. */
  async detail(id: string): Promise<CaseDetail> {
    const { status, body } = await this.get<CaseDetail>(`cases/${id}`);
    if (status !== 200) throw new Error(`the case: ${status}`);
    return body;
  }

  key({ id, wrapped }: Pick<CaseItem, 'id' | 'wrapped'>): Promise<Identity> {
    return unwrapCaseKey(id, fromBase64url(wrapped), this.identity);
  }

  /** Of a list, or of a case as far as its entries came along. */
  async texts(
    of: Pick<CaseItem, 'id' | 'wrapped'>,
    entries: ReadonlyArray<{ readonly id: string; readonly sealed: string | undefined }>,
  ): Promise<Entry[]> {
    const key = await this.key(of);
    const opened: Entry[] = [];
    for (const { id, sealed } of entries)
      if (sealed !== undefined) opened.push(await openEntry(fromBase64url(sealed), key, { case: of.id, id }));
    return opened.sort((a, b) => a.place - b.place);
  }

  /** The body of `cases/:id/write`. */
  async sealed(detail: CaseDetail, author: 'officer' | 'note', words: string) {
    const id = randomId();
    const isAnswer = author === 'officer' && detail.kind === 'tip';
    const to = [detail.recipient, ...(isAnswer ? detail.reporters : [])] as RecipientText[];
    const { place } = detail;
    const entry: Entry = { case: detail.id, id, author, part: 'text', day: '2026-11-22', place, text: words };
    const sealed = text(await sealEntryFast(entry, to.map(nativeRecipient)));
    return { version: detail.version, entry: { id, author, sealed } };
  }

  /** The case's key for other officers. */
  async wrapFor(of: Pick<CaseItem, 'id' | 'wrapped'>, others: readonly DeskOfficer[]) {
    const key = await this.key(of);
    const recipients = new Map((await this.#desk.accounts.team()).map(({ id, recipient }) => [id, recipient]));
    return Promise.all(
      others.map(async ({ id }) => ({
        officer: id,
        wrapped: text(await wrapCaseKeyFast(of.id, key, nativeRecipient(recipients.get(id) as RecipientText))),
      })),
    );
  }

  /** The body of `POST grants/:officer`. */
  async grants({ recipient, cases }: Grants) {
    const to = nativeRecipient(recipient as RecipientText);
    const keys = cases.map(async (one) => ({
      case: one.id,
      wrapped: text(await wrapCaseKeyFast(one.id, await this.key(one), to)),
    }));
    return { keys: await Promise.all(keys) };
  }
}
