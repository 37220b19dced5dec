import { useEffect, useRef, useState } from 'preact/hooks';
import { shortcutsOn, switchShortcuts } from './shortcuts.ts';

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ['j / k', 'kasus berikutnya / sebelumnya'],
  ['Enter', 'buka kasus yang dipilih'],
  ['/', 'ke kotak cari'],
  ['r', 'tulis jawaban'],
  ['n', 'tulis catatan'],
  ['s', 'ubah status'],
  ['Esc', 'kembali ke daftar'],
  ['?', 'bantuan ini'],
];

/** What the keys do, and the switch for them. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(shortcutsOn);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Pintasan papan ketik</h2>
      <dl class="keys">
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onChange={({ currentTarget }) => {
            switchShortcuts(currentTarget.checked);
            setOn(currentTarget.checked);
          }}
        />{' '}
        Pintasan menyala
      </label>
      <p class="hint">Tidak pernah bekerja saat Anda mengetik. Pilihan ini diingat di peramban ini.</p>
      <button type="button" onClick={() => dialog.current?.close()}>
        Tutup
      </button>
    </dialog>
  );
}
