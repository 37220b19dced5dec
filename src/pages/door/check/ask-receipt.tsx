import { useState } from 'preact/hooks';
import type { ReadReceipt, Receipt } from '../../../sealing/receipt.ts';
import { Title } from '../parts/title.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { sealer } from '../sealing/sealer.ts';
import { messageOf } from './message-of.ts';

interface AskReceiptProps {
  /** Throws where the server cannot be asked. */
  readonly open: (receipt: Receipt) => Promise<void>;
}

/** Ten words, read in the browser; mistypes are mended, and shown. */
export function AskReceipt({ open }: AskReceiptProps) {
  const [text, setText] = useState('');
  const [read, setRead] = useState<ReadReceipt>();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setTrouble('');
    try {
      await work();
    } catch (error) {
      setTrouble(messageOf(error));
    }
    setBusy(false);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      const found = await sealer.call('readReceipt', text);
      setRead(found);
      if (found.kind === 'receipt') await open(found.receipt);
    });
  };

  return (
    <form onSubmit={submit} autocomplete="off">
      <Title>Cek tanda terima</Title>
      <p>
        Masukkan sepuluh kata tanda terima Anda, dari obrolan mana pun Anda mengirim. Kata-katanya tetap di peramban
        ini; ke server hanya pergi kode turunannya.
      </p>
      <div class="field">
        <label for="receipt">Sepuluh kata, dengan spasi</label>
        <textarea
          id="receipt"
          class="short"
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            setRead(undefined);
          }}
          aria-describedby="read"
          autocomplete="off"
          autocapitalize="none"
          autocorrect="off"
          spellcheck={false}
        />
      </div>
      <div id="read" role="status">
        {read !== undefined && <Reading read={read} />}
      </div>
      {trouble !== '' && (
        <Trouble>
          <p>{trouble}</p>
        </Trouble>
      )}
      <div class="buttons">
        {read?.kind === 'repaired' ? (
          <button type="button" class="main" disabled={busy} onClick={() => void attempt(() => open(read.receipt))}>
            Benar, buka
          </button>
        ) : (
          <button type="submit" class="main" disabled={busy || text.trim() === ''}>
            {busy ? 'Sedang dibuka ...' : 'Buka'}
          </button>
        )}
      </div>
    </form>
  );
}

/** How the words were understood. */
function Reading({ read }: { readonly read: ReadReceipt }) {
  switch (read.kind) {
    case 'receipt':
      return null;
    case 'repaired':
      return (
        <div class="notice">
          <p>Ada yang salah ketik. Kami kira maksudnya:</p>
          <ul>
            {read.repairs.map(({ place, from, to }) => (
              <li key={place}>
                kata ke-{place}: "{from}" menjadi <strong>{to}</strong>
              </li>
            ))}
          </ul>
          <p>Cocok dengan catatan Anda?</p>
        </div>
      );
    case 'unknown-word':
      return (
        <p class="notice">
          Kata ke-{read.place}, "{read.word}", tidak ada dalam daftar kami.
          {read.near.length > 0 && ` Mungkin: ${read.near.join(', ')}?`} Periksa catatan Anda.
        </p>
      );
    case 'count':
      return <p class="notice">Tanda terima terdiri dari sepuluh kata; yang ini {read.found}.</p>;
    case 'checksum':
      return <p class="notice">Kata-katanya dikenal, tetapi tidak saling cocok. Periksa urutannya dan tiap kata.</p>;
  }
}
