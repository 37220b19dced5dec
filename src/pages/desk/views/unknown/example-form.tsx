import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { Notice } from '../../parts/notice.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { Title } from '../../parts/title.tsx';
import { troubleOf } from '../../parts/trouble.ts';
import { AfterDownload } from './after-download.tsx';
import { linesOf, writerOf } from './draft.ts';
import type { FormProps } from './form-props.ts';
import { examples, patch } from './patch.ts';
import { RuleField } from './rule-field.tsx';

/** Questions as training texts of a rule that answers them already. */
export function ExampleForm({ me, group, rules, onBack, onDone }: FormProps) {
  const [rule, setRule] = useState('');
  const [texts, setTexts] = useState(group.texts.join('\n'));
  const [writer, setWriter] = useState(writerOf(me.login));
  const [trouble, setTrouble] = useState<string>();
  const [file, setFile] = useState<string>();
  const known = rules.rules.some(({ id }) => id === rule);

  async function download(event: Event): Promise<void> {
    event.preventDefault();
    setTrouble(undefined);
    if (!known) return setTrouble('Pilih dulu aturannya.');
    try {
      const addition = examples(await api.rulePlace(rule), writer, linesOf(texts));
      if (addition === undefined) return setTrouble('Semua kalimat ini sudah ada di aturan itu.');
      const name = `contoh-${rule}.patch`;
      saveFile(name, 'text/x-diff', patch([addition]));
      setFile(name);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }

  return (
    <form onSubmit={(event) => void download(event)}>
      <Title>Jadikan contoh</Title>
      <button type="button" onClick={onBack}>
        Kembali ke daftar
      </button>
      <RuleField id="rule" label="Untuk aturan" value={rule} rules={rules} onInput={setRule} />
      <label for="texts">Kalimat, satu per baris</label>
      <p id="texts-hint" class="hint">
        Hapus nama orang dan tempat. Ganti # dan @, sisa nomor dan akun yang sudah dibuang, dengan kata biasa.
      </p>
      <textarea
        id="texts"
        rows={8}
        required
        aria-describedby="texts-hint"
        value={texts}
        onInput={({ currentTarget }) => setTexts(currentTarget.value)}
      />
      <label for="writer">Nama penulis di berkas</label>
      <input
        id="writer"
        required
        pattern="[a-z][a-z0-9]*"
        autocapitalize="none"
        spellcheck={false}
        value={writer}
        onInput={({ currentTarget }) => setWriter(currentTarget.value)}
      />
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      <button type="submit" class="main">
        Unduh tambalan
      </button>
      {file === undefined ? null : <AfterDownload file={file} onDone={onDone} />}
    </form>
  );
}
