/** The receipt: shown, then asked for, so that it is really written down. */
import { useState } from 'preact/hooks';
import type { Receipt } from '../../../sealing/receipt.ts';
import { at } from '../api.ts';
import { clearAndLeave } from '../parts/leaving.ts';
import { Title } from '../parts/title.tsx';
import { Trouble } from '../parts/trouble.tsx';

interface ReceiptPagesProps {
  readonly receipt: Receipt;
  readonly done: () => void;
}

export function ReceiptPages({ receipt, done }: ReceiptPagesProps) {
  const [stage, setStage] = useState<'words' | 'asked' | 'done'>('words');
  const words = receipt.split(' ');
  if (stage === 'words') return <Words words={words} next={() => setStage('asked')} />;
  if (stage === 'asked')
    return (
      <Asked
        words={words}
        again={() => setStage('words')}
        next={() => {
          setStage('done');
          done();
        }}
      />
    );
  return <Done />;
}

function Words({ words, next }: { readonly words: readonly string[]; readonly next: () => void }) {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(words.join(' '));
      setCopied('Sudah disalin. Aplikasi lain bisa membaca papan klip: tempel segera, lalu salin hal lain.');
    } catch {
      setCopied('Peramban ini tidak mengizinkan menyalin. Catat dengan tangan.');
    }
  };
  return (
    <>
      <Title>Sudah diterima</Title>
      <p>
        Kiriman Anda tersimpan dalam keadaan terkunci. Ini <strong>tanda terima</strong> Anda: sepuluh kata, berurutan.
      </p>
      <ol class="receipt" aria-label="Tanda terima">
        {words.map((word, index) => (
          <li key={`${index}-${word}`}>
            <span class="place">{index + 1}</span>
            {word}
          </li>
        ))}
      </ol>
      <p class="no-print">
        Catat di kertas dan simpan di tempat aman. Hanya dengan sepuluh kata ini Anda bisa membaca jawaban petugas dan
        menambah keterangan. Kami tidak menyimpannya dan tidak bisa menggantinya. Siapa pun yang memegangnya bisa
        membaca jawaban untuk Anda.
      </p>
      <div class="buttons">
        <button type="button" class="main" onClick={next}>
          Sudah saya catat
        </button>
        <button type="button" onClick={() => print()}>
          Cetak
        </button>
        <button type="button" onClick={() => void copy()}>
          Salin
        </button>
      </div>
      <p role="status">{copied}</p>
    </>
  );
}

interface AskedProps {
  readonly words: readonly string[];
  readonly again: () => void;
  readonly next: () => void;
}

/** Two of the words, typed back. */
function Asked({ words, again, next }: AskedProps) {
  const [places] = useState(() => twoOf(words.length));
  const [typed, setTyped] = useState<readonly string[]>(['', '']);
  const [wrong, setWrong] = useState(false);
  const check = (event: Event) => {
    event.preventDefault();
    const right = places.every((place, index) => typed[index]?.trim().toLowerCase() === words[place]);
    setWrong(!right);
    if (right) next();
  };
  return (
    <form onSubmit={check} autocomplete="off">
      <Title>Cocokkan catatan Anda</Title>
      <p>Ketik dua kata dari catatan Anda, supaya pasti tidak ada yang terlewat.</p>
      <div class="words-asked">
        {places.map((place, index) => (
          <div class="field" key={place}>
            <label for={`word-${place}`}>Kata ke-{place + 1}</label>
            <input
              type="text"
              id={`word-${place}`}
              value={typed[index]}
              onInput={({ currentTarget: { value } }) =>
                setTyped((before) => before.map((word, i) => (i === index ? value : word)))
              }
              autocomplete="off"
              autocapitalize="none"
              autocorrect="off"
              spellcheck={false}
            />
          </div>
        ))}
      </div>
      {wrong && (
        <Trouble>
          <p>Belum cocok. Periksa catatan Anda, atau lihat lagi kata-katanya.</p>
        </Trouble>
      )}
      <div class="buttons">
        <button type="submit" class="main">
          Cocokkan
        </button>
        <button type="button" onClick={again}>
          Lihat lagi
        </button>
      </div>
    </form>
  );
}

/** Two different places, in order. */
function twoOf(count: number): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % count;
  const second = (first + 1 + (b % (count - 1))) % count;
  return first < second ? [first, second] : [second, first];
}

function Done() {
  return (
    <>
      <Title>Selesai. Terima kasih.</Title>
      <p>
        Petugas bisa bertanya balik. Beberapa hari lagi, buka <a href={at('lapor/cek')}>Cek tanda terima</a>, atau tulis
        "cek laporan" di obrolan Tanya Netral mana pun, lalu masukkan sepuluh kata tadi. Di sini, dari perangkat
        pribadi, paling aman.
      </p>
      <p>
        Ini informasi awal. Kalau Anda mau melapor resmi dengan nama, batasnya <strong>7 hari</strong> sejak tahu
        kejadiannya, lewat jalur resmi di bawah.
      </p>
      <div class="buttons">
        <button type="button" class="main" onClick={clearAndLeave}>
          Tutup dan bersihkan
        </button>
      </div>
    </>
  );
}
