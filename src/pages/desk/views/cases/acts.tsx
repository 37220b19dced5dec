import { useState } from 'preact/hooks';
import { STATUSES, type Status } from '../../../../reports/office.ts';
import { api } from '../../api.ts';
import type { ActProps } from './compose.tsx';
import { Exclude } from './exclude.tsx';
import { Fold, ReasonField } from './fold.tsx';
import { Merge } from './merge.tsx';
import { Transfer } from './transfer.tsx';
import { STATUS_WORDS } from './words.ts';

/** What can be done with a case, each behind its own fold, so that nothing happens by mistake. */
export function Acts(props: ActProps) {
  const { id, kind } = props.loaded.detail;
  return (
    <section class="no-print">
      <h2>Tindakan</h2>
      <ChangeStatus {...props} />
      <Hold {...props} />
      {kind === 'tip' ? (
        <p>
          <a href={`#/kasus/${id}/serah`}>Serahkan ke instansi lain (cetak, JSON, CSV)</a>
        </p>
      ) : null}
      <Transfer {...props} />
      <Merge {...props} />
      <Exclude {...props} />
    </section>
  );
}

/** `new` is only ever set by a reporter; a question is answered or closed. */
const choices = (kind: string, status: Status): readonly Status[] =>
  STATUSES.filter((to) => to !== 'new' && to !== status && (kind === 'tip' || to === 'reading' || to === 'closed'));

function ChangeStatus({ loaded, act }: ActProps) {
  const { id, kind, status, version } = loaded.detail;
  const [picked, setPicked] = useState<Status | ''>('');
  const [reason, setReason] = useState('');
  const ends = picked === 'handed-on' || picked === 'closed';

  async function change(event: Event): Promise<void> {
    event.preventDefault();
    if (picked === '') return;
    const done = await act.run(
      () => api.status(id, { version, status: picked, reason: reason.trim() }),
      `Status sekarang: ${STATUS_WORDS[picked]}.`,
    );
    if (!done) return;
    setPicked('');
    setReason('');
  }

  return (
    <Fold id="change-status" title="Ubah status atau tutup">
      <form onSubmit={(event) => void change(event)}>
        <label for="status">Status baru</label>
        <select
          id="status"
          required
          value={picked}
          onChange={({ currentTarget }) => setPicked(currentTarget.value as Status | '')}
        >
          <option value="">Pilih...</option>
          {choices(kind, status).map((to) => (
            <option key={to} value={to}>
              {STATUS_WORDS[to]}
            </option>
          ))}
        </select>
        {picked === 'handed-on' || picked === 'closed' ? (
          <p class="hint">Pelapor melihat ini saat membuka tanda terimanya.</p>
        ) : null}
        <ReasonField id="status-reason" value={reason} onInput={setReason} optional={!ends} />
        <button type="submit" class="main" disabled={act.busy}>
          Ubah status
        </button>
      </form>
    </Fold>
  );
}

function Hold({ loaded, me, act }: ActProps) {
  const { id, holds, history } = loaded.detail;
  const [reason, setReason] = useState('');
  const last = history
    .filter(({ actor, event }) => actor === me.id && (event === 'held' || event === 'released'))
    .at(-1);
  const mine = holds > 0 && last?.event === 'held';

  async function change(event: Event): Promise<void> {
    event.preventDefault();
    const done = mine
      ? await act.run(() => api.release(id), 'Anda tidak menahan kasus ini lagi.')
      : await act.run(() => api.hold(id, reason.trim()), 'Anda menahan kasus ini dari penghapusan.');
    if (done) setReason('');
  }

  return (
    <Fold title={mine ? 'Lepas tahanan' : 'Tahan dari penghapusan'}>
      <form onSubmit={(event) => void change(event)}>
        <p class="hint">Kasus yang ditutup dihapus otomatis, kecuali ditahan sedikitnya dua petugas.</p>
        {mine ? null : <ReasonField id="hold-reason" value={reason} onInput={setReason} />}
        <button type="submit" disabled={act.busy}>
          {mine ? 'Lepas' : 'Tahan'}
        </button>
      </form>
    </Fold>
  );
}
