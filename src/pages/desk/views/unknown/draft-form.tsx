import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Title } from '../../parts/title.tsx';
import { troubleOf } from '../../parts/trouble.ts';
import { AfterDownload } from './after-download.tsx';
import { Citations } from './citations.tsx';
import {
  BASIS_NAMES,
  CERTAINTY_NAMES,
  type Draft,
  draftOf,
  LEAST_EXAMPLES,
  LEAST_TESTS,
  linesOf,
  VERDICT_NAMES,
} from './draft.ts';
import { problemsOf } from './draft-problems.ts';
import { ruleLines } from './draft-yaml.ts';
import { Area, Choice, Line } from './fields.tsx';
import type { FormProps } from './form-props.ts';
import { atEnd, exampleLines, patch } from './patch.ts';
import { Related } from './related.tsx';
import { RuleField } from './rule-field.tsx';

const YAML = 'application/yaml';
const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** A draft of a new rule, as files that `npm run check` takes. */
export function DraftForm({ me, group, rules, onBack, onDone }: FormProps) {
  const [draft, setDraft] = useState(() => draftOf(group.texts, me.login, me.name, rules));
  const [tried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [file, setFile] = useState<string>();
  const found = problemsOf(draft, rules);
  const problems = new Map(tried ? [...found].reverse().map(({ field, message }) => [field, message] as const) : []);
  const onChange = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const props = { draft, problems, onChange };
  const examples = () => exampleLines(draft.id, draft.writer, linesOf(draft.examples));

  /** Calls `save` where nothing is missing; else shows what is. */
  async function complete(save: () => Promise<void> | void): Promise<void> {
    setTried(true);
    setTrouble(undefined);
    const first = found[0];
    if (first !== undefined) {
      setTrouble(`Belum lengkap: ${found.length} hal. Yang pertama: ${first.message}`);
      document.getElementById(first.field)?.focus();
      return;
    }
    try {
      await save();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }

  async function download(event: Event): Promise<void> {
    event.preventDefault();
    await complete(async () => {
      const place = await api.topicPlace(draft.topic);
      const name = `rancangan-${draft.id}.patch`;
      const rule = atEnd(place.rules, ['', ...ruleLines(draft, rules.today)]);
      saveFile(name, 'text/x-diff', patch([rule, atEnd(place.utterances, examples())]));
      setFile(name);
    });
  }

  return (
    <form onSubmit={(event) => void download(event)} noValidate>
      <Title>Rancangan aturan</Title>
      <button type="button" onClick={onBack}>
        Kembali ke daftar
      </button>
      <p class="hint">Yang ditanyakan: {group.text}</p>
      <Line {...props} name="title" label="Judul" hint="Paling banyak 60 huruf." />
      <Line {...props} name="id" label="Id" hint="Huruf kecil dan -. Tetap selamanya." />
      <Choice {...props} name="topic" label="Topik" choices={rules.topics.map(({ id, title }) => [id, title])} />
      <Choice {...props} name="verdict" label="Putusan" choices={Object.entries(VERDICT_NAMES)} />
      <Area {...props} name="answer" label="Jawaban" rows={3} hint="Satu dua kalimat, paling banyak 230 huruf." />
      <Area {...props} name="detail" label="Alasan" rows={4} hint="Boleh kosong. Paling banyak 600 huruf." />
      <Area {...props} name="instead" label="Yang boleh sebagai gantinya" rows={3} hint="Satu sampai tiga baris." />
      {draft.verdict === 'conditional' ? (
        <Area {...props} name="conditions" label="Syarat" rows={3} hint="Dua sampai empat baris." />
      ) : null}
      {draft.verdict === 'disputed' || draft.basis === 'disputed' ? (
        <>
          <Area
            {...props}
            name="positions"
            label="Pendapat pejabat"
            rows={3}
            hint="Satu per baris: siapa | kapan | katanya apa."
          />
          <Line {...props} name="safeAdvice" label="Saran aman" />
        </>
      ) : null}
      <Citations {...props} rules={rules} />
      <Choice {...props} name="basis" label="Sandaran" choices={Object.entries(BASIS_NAMES)} />
      <Choice {...props} name="certainty" label="Kepastian" choices={Object.entries(CERTAINTY_NAMES)} />
      <Area
        {...props}
        name="aliases"
        label="Nama pendek"
        rows={3}
        hint="Dua sampai delapan baris, seperti orang mencarinya."
      />
      <Related {...props} rules={rules} />
      <h2>Kalimat</h2>
      <p class="hint">Hapus nama orang dan tempat. Ganti # dan @ dengan kata biasa.</p>
      <Area
        {...props}
        name="positive"
        label="Kalimat uji: harus menemukan aturan ini"
        rows={4}
        hint={`Sedikitnya ${LEAST_TESTS} baris. Jangan dipakai sebagai contoh.`}
      />
      <Area {...props} name="negative" label="Kalimat uji: harus menemukan aturan lain" rows={2} hint="Satu baris." />
      <RuleField
        id="negativeRule"
        label="Aturan yang menjawab kalimat itu"
        value={draft.negativeRule}
        rules={rules}
        problem={problems.get('negativeRule')}
        onInput={(negativeRule) => onChange({ negativeRule })}
      />
      <Area
        {...props}
        name="examples"
        label={`Contoh cara bertanya (${linesOf(draft.examples).length} baris)`}
        rows={10}
        hint={`Sedikitnya ${LEAST_EXAMPLES} baris yang benar-benar berbeda; 60 yang baik. Bot belajar dari sini.`}
      />
      <Line {...props} name="writer" label="Nama penulis di berkas" hint="Huruf kecil, tanpa spasi." />
      <Line {...props} name="reviewer" label="Pemeriksa" />
      <Line {...props} name="reviewBy" label="Tinjau lagi paling lambat" type="date" />
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      <div class="row">
        <button type="submit" class="main">
          Unduh tambalan
        </button>
        <button
          type="button"
          onClick={() =>
            void complete(() => saveFile(`aturan-${draft.id}.yaml`, YAML, text(ruleLines(draft, rules.today))))
          }
        >
          Unduh YAML aturan
        </button>
        <button
          type="button"
          onClick={() => void complete(() => saveFile(`contoh-${draft.id}.yaml`, YAML, text(examples())))}
        >
          Unduh YAML contoh
        </button>
      </div>
      {file === undefined ? null : <AfterDownload file={file} onDone={onDone} />}
    </form>
  );
}
