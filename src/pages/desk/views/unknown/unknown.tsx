import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { showNumber } from '../../parts/format.ts';
import { Notice } from '../../parts/notice.tsx';
import { Title } from '../../parts/title.tsx';
import { troubleOf } from '../../parts/trouble.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import type { ViewProps } from '../../view-props.ts';
import { type Cluster, cluster, search } from './cluster.ts';
import { DraftForm } from './draft-form.tsx';
import { ExampleForm } from './example-form.tsx';
import { Group } from './group.tsx';
import { useUnknown } from './use-unknown.ts';

/** Groups that are shown at once. */
const SHOWN = 50;

type Work = { readonly kind: 'example' | 'draft'; readonly group: Cluster };

/** What people asked and the bot did not know, for the curators. */
export function UnknownQuestions({ me }: ViewProps) {
  const unknown = useUnknown();
  const { value: rules, trouble: rulesTrouble } = useLoaded(api.rules);
  const [sought, setSought] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const [work, setWork] = useState<Work>();
  const [said, setSaid] = useState<{ readonly kind: 'good' | 'trouble'; readonly text: string }>();
  const groups = useMemo(() => cluster(unknown.questions), [unknown.questions]);
  const found = useMemo(() => search(groups, sought), [groups, sought]);

  async function finish(group: Cluster): Promise<void> {
    try {
      await unknown.done(group.questions.map(({ id }) => id));
      setSaid({ kind: 'good', text: `Selesai: "${group.text}" dihapus dari daftar.` });
      setWork(undefined);
    } catch (error) {
      setSaid({ kind: 'trouble', text: troubleOf(error) });
    }
  }

  if (work !== undefined && rules !== undefined) {
    const Form = work.kind === 'draft' ? DraftForm : ExampleForm;
    return (
      <div class="card">
        <Form
          me={me}
          group={work.group}
          rules={rules}
          onBack={() => setWork(undefined)}
          onDone={() => finish(work.group)}
        />
      </div>
    );
  }
  const trouble = unknown.trouble ?? rulesTrouble;
  return (
    <div class="card">
      <Title>Belum terjawab</Title>
      <p class="hint">
        Pertanyaan yang tidak dikenali bot, tanpa nama, nomor, atau obrolan asalnya. Hanya kurator yang bisa membukanya,
        di halaman ini; server tidak. Yang lebih dari 90 hari terhapus sendiri.
      </p>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {said === undefined ? null : <Notice kind={said.kind}>{said.text}</Notice>}
      <search>
        <label for="sought">Cari</label>
        <input
          id="sought"
          type="search"
          autocomplete="off"
          value={sought}
          onInput={({ currentTarget }) => setSought(currentTarget.value)}
        />
      </search>
      <p role="status">
        {unknown.loading
          ? `Membuka... ${showNumber(unknown.questions.length)} pertanyaan`
          : `${showNumber(found.length)} kelompok, ${showNumber(found.reduce((sum, { questions }) => sum + questions.length, 0))} pertanyaan`}
        {unknown.closed === 0
          ? ''
          : `. ${showNumber(unknown.closed)} lagi disegel sebelum Anda menjadi kurator: hanya kurator lama yang bisa membukanya.`}
      </p>
      {!unknown.loading && groups.length === 0 && trouble === undefined ? <p>Belum ada. Bagus.</p> : null}
      <ol class="groups">
        {found.slice(0, shown).map((group) => (
          <Group
            key={group.questions[0]?.id}
            group={group}
            ready={rules !== undefined}
            onExample={() => setWork({ kind: 'example', group })}
            onDraft={() => setWork({ kind: 'draft', group })}
            onDone={() => void finish(group)}
          />
        ))}
      </ol>
      {found.length <= shown ? null : (
        <button type="button" onClick={() => setShown(shown + SHOWN)}>
          Tampilkan lagi
        </button>
      )}
    </div>
  );
}
