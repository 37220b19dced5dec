import { type Me, UNDO_SECONDS } from '../../../../channels/web/desk/contract.ts';
import { api } from '../../api.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { CaseStore } from './store.ts';
import type { Act } from './use-act.ts';
import type { LoadedCase } from './use-case.ts';
import { sendAnswer, sendNote } from './write.ts';

export interface ActProps {
  readonly loaded: LoadedCase;
  readonly store: CaseStore;
  readonly me: Me;
  readonly act: Act;
}

/** Longest answer that a chat takes in one piece, in UTF-16 units: Telegram's limit is 4,096. */
const LONGEST = 4000;

/** Two boxes that cannot be mistaken for each other: what the reporter reads, and what only officers read. */
export function Compose(props: ActProps) {
  return (
    <div class="compose no-print">
      <Answer {...props} />
      <Note {...props} />
    </div>
  );
}

function Answer({ loaded, store, me, act }: ActProps) {
  const { id, kind, closed } = loaded.detail;
  const isQuestion = kind === 'question';
  const { answer: text } = store.draft(id);
  const set = (answer: string) => store.setDraft(id, { answer });

  async function send(event: Event): Promise<void> {
    event.preventDefault();
    let entry = '';
    const sent = await act.run(
      async () => {
        entry = await sendAnswer(loaded, me, text);
      },
      isQuestion ? 'Jawaban disimpan dan akan masuk ke obrolan penanya.' : undefined,
    );
    if (!sent) return;
    set('');
    store.setUndo({ caseId: id, entry, text, until: Date.now() + UNDO_SECONDS * 1000 });
  }

  if (isQuestion && closed !== undefined) return null;
  return (
    <form onSubmit={(event) => void send(event)}>
      <h2>
        <label for="answer">{isQuestion ? 'Jawab penanya' : 'Jawab pelapor'}</label>
      </h2>
      {isQuestion ? (
        <p class="notice trouble" id="answer-hint">
          Jawaban ini masuk <b>terbuka</b> ke obrolan penanya, tidak tersegel: siapa pun yang memegang ponselnya bisa
          membacanya. Sesudah itu pertanyaan ditutup.
        </p>
      ) : (
        <p class="hint" id="answer-hint">
          Pelapor membacanya dengan tanda terimanya. Jangan tanyakan nama, nomor, atau hal yang hanya diketahui sedikit
          orang.
        </p>
      )}
      <Templates onPick={(picked) => set(text.trim() === '' ? picked : `${text.trimEnd()}\n\n${picked}`)} />
      <textarea
        id="answer"
        rows={6}
        maxLength={LONGEST}
        required
        aria-describedby="answer-hint"
        value={text}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <button type="submit" class="main" disabled={act.busy || text.trim() === ''}>
        {isQuestion ? 'Kirim terbuka ke obrolan' : 'Kirim jawaban'}
      </button>
    </form>
  );
}

function Note({ loaded, store, me, act }: ActProps) {
  const { id } = loaded.detail;
  const { note: text } = store.draft(id);
  const set = (note: string) => store.setDraft(id, { note });

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    if (await act.run(() => sendNote(loaded, me, text), 'Catatan disimpan.')) set('');
  }

  return (
    <form onSubmit={(event) => void save(event)}>
      <h2>
        <label for="note">Catatan untuk sesama petugas</label>
      </h2>
      <p class="hint" id="note-hint">
        Pelapor tidak bisa membacanya.
      </p>
      <textarea
        id="note"
        rows={3}
        maxLength={LONGEST}
        required
        aria-describedby="note-hint"
        value={text}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <button type="submit" disabled={act.busy || text.trim() === ''}>
        Simpan catatan
      </button>
    </form>
  );
}

function Templates({ onPick }: { readonly onPick: (text: string) => void }) {
  const { value: templates } = useLoaded(api.templates);
  if (templates === undefined || templates.length === 0) return null;
  return (
    <label>
      Sisipkan contoh jawaban
      <select
        value=""
        onChange={({ currentTarget }) => {
          const picked = templates.find(({ id }) => id === currentTarget.value);
          if (picked !== undefined) onPick(picked.text);
          currentTarget.value = '';
          document.getElementById('answer')?.focus();
        }}
      >
        <option value="">Pilih...</option>
        {templates.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
