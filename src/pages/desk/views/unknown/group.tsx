import { useState } from 'preact/hooks';
import { showDay, showNumber } from '../../parts/format.ts';
import type { Cluster } from './cluster.ts';

interface GroupProps {
  readonly group: Cluster;
  readonly ready: boolean;
  readonly onExample: () => void;
  readonly onDraft: () => void;
  readonly onDone: () => void;
}

/** Questions that ask nearly the same, and what can be done with them. */
export function Group({ group, ready, onExample, onDraft, onDone }: GroupProps) {
  const [asked, setAsked] = useState(false);
  const { text, texts, questions, first, last } = group;
  return (
    <li>
      <p class="asked">{text}</p>
      <p class="hint">
        {showNumber(questions.length)} kali,{' '}
        {first === last ? showDay(first) : `${showDay(first)} sampai ${showDay(last)}`}
      </p>
      {texts.length === 1 ? null : (
        <details>
          <summary>{showNumber(texts.length)} cara bertanya</summary>
          <ul class="list">
            {texts.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </details>
      )}
      <div class="row">
        <button type="button" disabled={!ready} onClick={onExample} aria-label={`Jadikan contoh: ${text}`}>
          Jadikan contoh
        </button>
        <button type="button" disabled={!ready} onClick={onDraft} aria-label={`Buat rancangan aturan: ${text}`}>
          Buat rancangan aturan
        </button>
        {asked ? (
          <>
            <button type="button" class="danger" onClick={onDone}>
              Ya, hapus dari daftar
            </button>
            <button type="button" onClick={() => setAsked(false)}>
              Jangan
            </button>
          </>
        ) : (
          <button type="button" onClick={() => setAsked(true)} aria-label={`Tandai selesai: ${text}`}>
            Tandai selesai
          </button>
        )}
      </div>
    </li>
  );
}
