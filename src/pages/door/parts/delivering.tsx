import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Parcel } from '../sealing/calls.ts';
import { type Delivery, type DeliveryFailure, isFailure, type Progress } from './deliver.ts';
import { Title } from './title.tsx';
import { Trouble } from './trouble.tsx';

interface DeliveringProps {
  readonly delivery: Delivery;
  readonly delivered: (parcel: Parcel) => void;
  /** Back to where it can be changed; not offered where it may have arrived. */
  readonly back: () => void;
}

/** While it is sealed and sent, and where that did not work. */
export function Delivering({ delivery, delivered, back }: DeliveringProps) {
  const [progress, setProgress] = useState<Progress>({ kind: 'sealing' });
  const [failure, setFailure] = useState<DeliveryFailure>();
  const attempt = useCallback(async () => {
    setFailure(undefined);
    const outcome = await delivery.attempt(setProgress);
    if (isFailure(outcome)) setFailure(outcome);
    else delivered(outcome);
  }, [delivery]);
  useEffect(() => void attempt(), [attempt]);

  if (failure === undefined)
    return (
      <>
        <Title>Sedang dikirim</Title>
        <p role="status">
          {progress.kind === 'sealing' ? 'Mengunci isinya di peramban ini ...' : 'Mengirim dalam keadaan terkunci ...'}
        </p>
        <progress aria-label="Kemajuan" max={1} value={progress.kind === 'sending' ? progress.done : undefined} />
        <p class="hint">Jangan tutup halaman ini. Tanda terima muncul begitu server menyimpannya.</p>
      </>
    );
  return (
    <>
      <Title>Belum terkirim</Title>
      <Trouble>
        <p>
          {failure.message}{' '}
          {failure.uncertain
            ? 'Kiriman Anda masih ada di halaman ini. Mengulang itu aman: tidak akan tercatat dua kali.'
            : 'Kiriman Anda masih ada di halaman ini.'}
        </p>
      </Trouble>
      <div class="buttons">
        <button type="button" class="main" onClick={() => void attempt()}>
          Coba kirim lagi
        </button>
        {!failure.uncertain && (
          <button type="button" onClick={back}>
            Kembali ke isinya
          </button>
        )}
      </div>
    </>
  );
}
