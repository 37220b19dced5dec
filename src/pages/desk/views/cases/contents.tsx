import { useState } from 'preact/hooks';
import { filesOf } from '../../../../desk/package.ts';
import { wordsOf } from '../../../../desk/words-of.ts';
import type { OpenedEntry } from '../../keys/calls.ts';
import { showDay } from '../../parts/format.ts';
import { Notice } from '../../parts/notice.tsx';
import { troubleOf } from '../../parts/trouble.ts';
import { Evidence } from './evidence.tsx';
import type { LoadedCase, UseCase } from './use-case.ts';
import { PART_WORDS, showBytes } from './words.ts';

const QUESTIONS = ['what', 'who', 'where', 'when'] as const;

interface ContentsProps {
  readonly loaded: LoadedCase;
  readonly fetchLarge: UseCase['fetchLarge'];
}

/** What was told, what was sent along, and what was said since. */
export function Contents({ loaded, fetchLarge }: ContentsProps) {
  const { detail, entries, damaged, waiting } = loaded;
  const talk = entries.filter(({ part, text }) => part === 'text' && text.trim() !== '');
  const files = filesOf(entries);
  return (
    <>
      {damaged.map(({ id, day }) => (
        <Notice key={id} kind="trouble">
          Ada bagian dari {showDay(day)} yang tidak terbuka: rusak, diubah, atau bukan milik kasus ini. Beri tahu
          pengelola.
        </Notice>
      ))}
      {detail.kind === 'tip' ? (
        <section>
          <h2>Isi laporan</h2>
          <dl class="parts">
            {QUESTIONS.map((part) => (
              <div key={part}>
                <dt>{PART_WORDS[part]}</dt>
                <dd class="said">{wordsOf(entries, part) || <span class="muted">Tidak diisi</span>}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {files.length === 0 && waiting.length === 0 ? null : (
        <section>
          <h2>{PART_WORDS.file}</h2>
          <ul class="evidence">
            {files.map((file) => (
              <Evidence key={file.entry.id} file={file} />
            ))}
            {waiting.map(({ id, size, day }) => (
              <Waiting key={id} id={id} size={size} day={day} fetchLarge={fetchLarge} />
            ))}
          </ul>
          <p class="hint no-print">Berkas dari luar bisa berbahaya. Buka di komputer yang aman.</p>
        </section>
      )}
      {talk.length === 0 ? null : (
        <section>
          <h2>Percakapan</h2>
          <ol class="talk">
            {talk.map((entry) => (
              <Said key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

const FROM = { reporter: 'Pelapor', officer: 'Petugas', note: 'Catatan petugas' } as const;

function Said({ entry: { author, day, text, by } }: { readonly entry: OpenedEntry }) {
  return (
    <li class={author}>
      <p class="from">
        <b>{FROM[author]}</b>
        {by === undefined ? '' : ` (${by})`}, {showDay(day)}
      </p>
      <p class="said">{text}</p>
    </li>
  );
}

interface WaitingProps {
  readonly id: string;
  readonly size: number;
  readonly day: string;
  readonly fetchLarge: UseCase['fetchLarge'];
}

/** A large file comes only when it is wanted. */
function Waiting({ id, size, day, fetchLarge }: WaitingProps) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function fetch(): Promise<void> {
    setBusy(true);
    try {
      await fetchLarge([id]);
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  }
  return (
    <li>
      <p>
        Berkas besar, {showDay(day)}, {showBytes(size)}
      </p>
      <button type="button" disabled={busy} onClick={() => void fetch()}>
        {busy ? 'Membuka...' : 'Ambil dan buka'}
      </button>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
    </li>
  );
}
