/** Sealing and sending, for tips and for what is added to them. */
import { DoorError, getKeys, post, prove } from '../api.ts';
import type { Parcel, ToSeal } from '../sealing/calls.ts';
import { SealerError, sealer } from '../sealing/sealer.ts';

export type Progress = { readonly kind: 'sealing' } | { readonly kind: 'sending'; readonly done: number };

export interface DeliveryFailure {
  readonly message: string;
  /** True where the server may have it already: then only the same parcel may be sent again, which counts once. */
  readonly uncertain: boolean;
}

const NOBODY = 'Saat ini tidak ada petugas yang bisa membacanya, jadi tidak ada yang dikirim.';
const HOLDS_RECEIPT =
  'Tulisan Anda memuat sepuluh kata tanda terima. Hapus dulu, karena siapa pun yang membacanya bisa memakainya.';
/** How often the server may ask for other readers or other work before it is told to the person. */
const PATIENCE = 3;
/** Answers after which the server may have the parcel all the same: browsers send again by themselves when a connection breaks. */
const OPEN: readonly DoorError['why'][] = ['network', 'failed', 'work'];

/** One delivery. {@link attempt} may be called again after a failure: the same parcel is sent, and counts once. */
export class Delivery {
  readonly #what: Omit<ToSeal, 'readers'>;
  #parcel: Parcel | undefined;
  /** True when the parcel may have arrived. */
  #uncertain = false;

  constructor(what: Omit<ToSeal, 'readers'>) {
    this.#what = what;
  }

  /** Resolves when the server has stored it durably. */
  async attempt(onProgress: (progress: Progress) => void): Promise<Parcel | DeliveryFailure> {
    try {
      for (let tries = 1; ; tries += 1) {
        onProgress({ kind: 'sealing' });
        this.#parcel ??= await this.#seal();
        const work = await prove();
        try {
          await this.#post(this.#parcel, work, onProgress);
          return this.#parcel;
        } catch (error) {
          if (!(error instanceof DoorError) || !['readers', 'work'].includes(error.why) || tries >= PATIENCE)
            throw error;
          // who can read has changed; the server says so only of what it does not have
          if (error.why === 'readers') this.#parcel = undefined;
        }
      }
    } catch (error) {
      if (!this.#uncertain) this.#parcel = undefined;
      return { message: messageOf(error), uncertain: this.#uncertain };
    }
  }

  async #post(parcel: Parcel, work: string, onProgress: (progress: Progress) => void): Promise<void> {
    const before = this.#uncertain;
    this.#uncertain = true;
    try {
      await post(parcel.body, work, (done) => onProgress({ kind: 'sending', done }));
    } catch (error) {
      if (error instanceof DoorError && !OPEN.includes(error.why)) this.#uncertain = before && error.why !== 'readers';
      throw error;
    }
  }

  async #seal(): Promise<Parcel> {
    const { readers } = await getKeys();
    if (readers.length === 0) throw new DoorError('nobody', NOBODY);
    const texts = this.#what.texts.map(({ text }) => text);
    if (await sealer.call('holdsReceipt', texts)) throw new DoorError('shape', HOLDS_RECEIPT);
    return sealer.call('seal', { readers, ...this.#what });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof DoorError) return error.message;
  return error instanceof SealerError ? 'Bagian pengunci belum bisa dimuat.' : 'Ada yang tidak beres di halaman ini.';
}

export const isFailure = (outcome: Parcel | DeliveryFailure): outcome is DeliveryFailure => 'message' in outcome;
