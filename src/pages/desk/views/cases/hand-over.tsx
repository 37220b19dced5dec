import { useEffect, useState } from 'preact/hooks';
import { type CasePackage, packageOf } from '../../../../desk/package.ts';
import { render } from '../../../../desk/package-formats.ts';
import { nickname } from '../../../../sealing/receipt.ts';
import { api } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Title } from '../../parts/title.tsx';
import type { CaseProps } from './detail.tsx';
import { today } from './due.ts';
import { Sheet } from './sheet.tsx';
import { useAct } from './use-act.ts';
import { useCase } from './use-case.ts';

type Format = 'print' | 'json' | 'csv';
const TYPES = { json: 'application/json', csv: 'text/csv' } as const;

/** What leaves the desk for another office. It is written into the audit chain, with its reason, before it is made. */
export function HandOver({ store, id, me }: CaseProps) {
  const { loaded, trouble, reload, fetchLarge } = useCase(store, id);
  const act = useAct(store, reload);
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [withNotes, setWithNotes] = useState(false);
  const [sheet, setSheet] = useState<CasePackage>();
  useEffect(() => {
    if (sheet !== undefined) print();
  }, [sheet]);
  const ready = to.trim() !== '' && reason.trim() !== '';

  const make = (format: Format) =>
    act.run(async () => {
      await api.exported(id, format, `${to.trim()}: ${reason.trim()}`);
      const whole = await fetchLarge(loaded?.waiting.map((row) => row.id) ?? []);
      if (whole === undefined) return;
      const packed = packageOf(
        { record: whole.detail, entries: whole.entries, damaged: whole.damaged },
        { today: today(), officer: me, to: to.trim(), reason: reason.trim(), limits: store.limits, withNotes },
      );
      if (format === 'print') setSheet(packed);
      else saveFile(`informasi-awal-${nickname(id)}.${format}`, TYPES[format], render(packed, format));
    }, REMINDER);

  async function handOn(): Promise<void> {
    if (loaded === undefined) return;
    const { version } = loaded.detail;
    const change = { version, status: 'handed-on', reason: `${to.trim()}: ${reason.trim()}` } as const;
    await act.run(() => api.status(id, change), 'Status sekarang: Diteruskan. Pelapor melihatnya di tanda terimanya.');
  }

  return (
    <div class="card case">
      <p class="no-print">
        <a href={`#/kasus/${id}`}>Kembali ke kasus</a>
      </p>
      <div class="no-print">
        <Title>Serahkan {nickname(id)}</Title>
        {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
        {loaded === undefined ? (
          <p class="muted">Membuka kasus...</p>
        ) : (
          <form onSubmit={(event) => event.preventDefault()}>
            <p>
              Isinya keluar <b>terbuka, tanpa sandi</b>. Kirim lewat jalan yang aman, dan hapus salinannya bila selesai.
            </p>
            <label for="to">Untuk instansi</label>
            <input
              id="to"
              required
              maxLength={120}
              autocomplete="off"
              value={to}
              onInput={({ currentTarget }) => setTo(currentTarget.value)}
            />
            <label for="reason">Keperluan</label>
            <input
              id="reason"
              required
              maxLength={250}
              autocomplete="off"
              aria-describedby="reason-hint"
              value={reason}
              onInput={({ currentTarget }) => setReason(currentTarget.value)}
            />
            <p class="hint" id="reason-hint">
              Masuk jejak, tidak tersegel: jangan tulis isi laporan.
            </p>
            <label class="check">
              <input
                type="checkbox"
                checked={withNotes}
                onChange={({ currentTarget }) => setWithNotes(currentTarget.checked)}
              />{' '}
              Sertakan catatan petugas
            </label>
            <div class="row">
              <button type="button" class="main" disabled={!ready || act.busy} onClick={() => void make('print')}>
                Cetak
              </button>
              <button type="button" disabled={!ready || act.busy} onClick={() => void make('json')}>
                Unduh JSON
              </button>
              <button type="button" disabled={!ready || act.busy} onClick={() => void make('csv')}>
                Unduh CSV
              </button>
              {loaded.detail.status === 'handed-on' ? null : (
                <button type="button" disabled={!ready || act.busy} onClick={() => void handOn()}>
                  Tandai diteruskan
                </button>
              )}
            </div>
            <p class="hint">Berkas bukti disimpan dari halaman kasus; di sini dicantumkan dengan sidik SHA-256.</p>
          </form>
        )}
      </div>
      {sheet === undefined ? null : <Sheet packed={sheet} />}
    </div>
  );
}

const REMINDER = 'Tercatat di jejak. Isinya terbuka tanpa sandi: hapus salinannya bila selesai.';
