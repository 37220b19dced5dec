import { useEffect, useState } from 'preact/hooks';
import type { Keys } from '../../../channels/web/door/contract.ts';
import { fingerprint } from '../../../sealing/fingerprint.ts';
import { Trouble } from '../parts/trouble.tsx';
import type { Loaded } from '../parts/use-loaded.ts';

interface IntroProps {
  readonly keys: Loaded<Keys>;
  /** True where something has been told already. */
  readonly begun: boolean;
  readonly start: () => void;
}

/** What this page protects from and what not, before the first question. */
export function Intro({ keys, begun, start }: IntroProps) {
  const nobody = keys.kind === 'there' && keys.value.readers.length === 0;
  return (
    <div class="card">
      <h1>Kirim informasi tertutup</h1>
      {nobody ? (
        <Trouble>
          <p>
            Saat ini belum ada petugas yang memegang kunci untuk membaca kiriman dari sini, jadi kami tidak menerima apa
            pun. Silakan pakai jalur resmi di bawah.
          </p>
        </Trouble>
      ) : (
        <>
          <p>
            Isi kiriman dikunci di peramban Anda sebelum berangkat. Server kami hanya menerima isi yang terkunci; yang
            bisa membuka hanya petugas pemegang kunci.
          </p>
          <Promises />
          {keys.kind === 'failed' && (
            <Trouble>
              <p>{keys.message} Periksa internet Anda, lalu coba lagi.</p>
              <button type="button" onClick={keys.again}>
                Coba lagi
              </button>
            </Trouble>
          )}
          <div class="buttons">
            <button type="button" class="main" disabled={keys.kind !== 'there'} onClick={start}>
              {begun ? 'Lanjutkan' : 'Mulai'}
            </button>
          </div>
          {keys.kind === 'there' && <Fingerprint readers={keys.value.readers} />}
        </>
      )}
    </div>
  );
}

function Promises() {
  return (
    <>
      <h2>Yang dijaga</h2>
      <ul>
        <li>Tanpa nama, akun, nomor HP, atau cookie. Di perangkat Anda tidak ada yang disimpan.</li>
        <li>
          Tulisan dan berkas Anda tidak bisa dibaca server maupun pengelolanya, selama halaman ini asli (lihat di
          bawah).
        </li>
        <li>Foto dibuat ulang, sehingga lokasi dan data kameranya hilang.</li>
      </ul>
      <h2>Yang tidak bisa kami jaga</h2>
      <ul>
        <li>
          Penyedia internet atau jaringan kantor melihat bahwa Anda membuka situs ini (bukan isinya). Pakai perangkat
          pribadi, jangan komputer atau Wi-Fi kantor.
        </li>
        <li>Cerita bisa menunjuk ke Anda kalau hanya Anda yang tahu. Tulis seperlunya.</li>
        <li>Kami tidak bisa menjanjikan perlindungan hukum.</li>
      </ul>
      <h2>Perlu Anda tahu</h2>
      <ul>
        <li>
          Ini <strong>informasi awal</strong>, bukan laporan resmi. Laporan resmi perlu nama dan alamat, dan ada batas{' '}
          <strong>7 hari</strong> sejak Anda tahu kejadiannya.
        </li>
        <li>
          Sampaikan yang Anda lihat atau dengar sendiri. Keterangan yang sengaja dipalsukan merugikan orang dan bisa
          berakibat hukum.
        </li>
      </ul>
    </>
  );
}

function Fingerprint({ readers }: Keys) {
  const [digits, setDigits] = useState('');
  useEffect(() => {
    void fingerprint(readers.map(({ recipient }) => recipient)).then(setDigits);
  }, [readers]);
  return (
    <details>
      <summary>Siapa yang bisa membuka kiriman saya?</summary>
      <p>
        Pemegang {readers.length} kunci petugas. Sidik kuncinya:
        <br />
        <span class="mono" id="fingerprint">
          {digits}
        </span>
      </p>
      <p>
        Cocokkan dengan sidik yang diumumkan kantor pengawas lewat jalan lain, misalnya papan pengumuman. Jujur saja:
        halaman ini datang dari server kami, jadi server yang dibajak bisa saja mengirim halaman palsu. Kode halaman ini
        terbuka dan bisa diperiksa siapa pun.
      </p>
    </details>
  );
}
