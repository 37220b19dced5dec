import type { ComponentChildren } from 'preact';
import { DEADLINE_NOTES, groundsOf } from '../../../../desk/deadlines.ts';
import type { CasePackage } from '../../../../desk/package.ts';
import { showDay, showNumber } from '../../parts/format.ts';

/** The page to print, with the fields of an informasi awal. */
export function Sheet({ packed }: { readonly packed: CasePackage }) {
  const { made, case: about, files, talk, notes, deadlines, damaged } = packed;
  return (
    <article class="sheet" aria-label="Lembar serah">
      <h2>Informasi awal: {about.name}</h2>
      <dl class="parts">
        <Part name="Untuk">{made.to}</Part>
        <Part name="Dari">
          {made.by}, {made.unit}, {showDay(made.day)}
        </Part>
        <Part name="Keperluan">{made.reason}</Part>
        <Part name="Masuk">{showDay(about.day)} (jam tidak dicatat)</Part>
        <Part name="Nomor">{about.id}</Part>
        <Part name="Pelapor">Anonim; identitas tidak diketahui dan tidak tersimpan</Part>
        <Part name="Sifat">Informasi awal, bukan laporan</Part>
        <Part name="Uraian kejadian">{packed.what}</Part>
        <Part name="Terlapor (jabatan, instansi)">{packed.reported}</Part>
        <Part name="NIP/NIK terlapor">Tidak ditanyakan kepada pelapor</Part>
        <Part name="Waktu kejadian">{packed.when}</Part>
        <Part name="Tempat kejadian">{packed.where}</Part>
      </dl>
      <h3>Bukti</h3>
      {files.length === 0 ? <p>Tidak ada berkas.</p> : null}
      <ul class="list">
        {files.map(({ name, type, bytes, sha256 }) => (
          <li key={name}>
            {name} ({type}, {showNumber(bytes)} bita)
            <br />
            SHA-256 {sha256}
          </li>
        ))}
      </ul>
      {talk.length === 0 ? null : <h3>Percakapan sesudahnya</h3>}
      {talk.map(({ day, from, text }) => (
        <p key={`${day} ${text}`} class="said">
          <b>
            {showDay(day)}, {from}:
          </b>{' '}
          {text}
        </p>
      ))}
      {notes.length === 0 ? null : <h3>Catatan petugas</h3>}
      {notes.map(({ day, by, text }) => (
        <p key={`${day} ${text}`} class="said">
          <b>
            {showDay(day)}, {by}:
          </b>{' '}
          {text}
        </p>
      ))}
      {deadlines.length === 0 ? null : (
        <>
          <h3>Tenggat</h3>
          <ul class="list">
            {deadlines.map((deadline) => (
              <li key={deadline.title}>
                {showDay(deadline.until)}: {deadline.title} ({groundsOf(deadline)})
              </li>
            ))}
          </ul>
          {DEADLINE_NOTES.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </>
      )}
      {damaged === 0 ? null : (
        <p>
          <b>{damaged} bagian kasus ini tidak terbuka dan tidak ada di sini.</b>
        </p>
      )}
    </article>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="said">{children === '' ? 'Tidak diisi' : children}</dd>
    </div>
  );
}
