import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { troubleOf } from '../../parts/trouble.ts';
import type { Undo } from './memory.ts';
import type { CaseStore } from './store.ts';

interface ToastsProps {
  readonly store: CaseStore;
  readonly onUndone: () => void;
}

/** What was just done, or went wrong; and the answer that can still be taken back. They stay in sight at the lower edge. */
export function Toasts({ store, onUndone }: ToastsProps) {
  const { message, undo } = store;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    // what is tabbed to does not come to lie under them: see desk.css
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => style.setProperty('--messages', `${current.offsetHeight}px`));
    observer.observe(current);
    return () => {
      observer.disconnect();
      style.removeProperty('--messages');
    };
  }, []);
  return (
    <div ref={place} class="toasts no-print">
      {message === undefined ? null : (
        <div class="toast">
          <Notice kind={message.kind}>{message.text}</Notice>
          <button type="button" aria-label="Tutup pesan" onClick={() => store.hush()}>
            Tutup
          </button>
        </div>
      )}
      {undo === undefined ? null : <UndoToast key={undo.entry} undo={undo} store={store} onUndone={onUndone} />}
    </div>
  );
}

function UndoToast({ undo, store, onUndone }: ToastsProps & { readonly undo: Undo }) {
  const [left, setLeft] = useState(() => secondsTo(undo.until));
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsTo(undo.until);
      setLeft(now);
      if (now <= 0 && !busy) store.setUndo(undefined);
    }, 500);
    return () => clearInterval(timer);
  }, [undo, store, busy]);

  async function takeBack(): Promise<void> {
    setBusy(true);
    try {
      await api.undo(undo.caseId, undo.entry);
      const { answer } = store.draft(undo.caseId);
      store.setDraft(undo.caseId, { answer: [undo.text, answer].filter((text) => text.trim() !== '').join('\n\n') });
      store.say('good', 'Jawaban ditarik kembali. Tulisannya ada lagi di kotak jawaban.');
      onUndone();
    } catch (error) {
      store.say('trouble', troubleOf(error));
    }
    store.setUndo(undefined);
  }

  return (
    <div class="toast">
      <p class="notice good" role="status">
        Jawaban tersimpan. Pelapor belum melihatnya.
      </p>
      <button type="button" disabled={busy || left <= 0} onClick={() => void takeBack()}>
        Tarik kembali <span aria-hidden="true">({Math.max(0, left)})</span>
      </button>
    </div>
  );
}

const secondsTo = (until: number): number => Math.ceil((until - Date.now()) / 1000);
