import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Receipt } from '../../../sealing/receipt.ts';
import { Delivery } from '../parts/deliver.ts';
import { Delivering } from '../parts/delivering.tsx';
import type { Evidence } from '../parts/evidence.ts';
import { FilePicker } from '../parts/file-picker.tsx';
import { TextField, tooLong } from '../parts/text-field.tsx';
import { Title } from '../parts/title.tsx';
import { today } from '../tip/day-words.ts';

interface AdditionProps {
  readonly receipt: Receipt;
  /** Told whether something would be lost. */
  readonly begun: (unsent: boolean) => void;
  readonly added: () => void;
  readonly back: () => void;
}

/** More for a tip that was sent before. */
export function Addition({ receipt, begun, added, back }: AdditionProps) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly Evidence[]>([]);
  const [busy, setBusy] = useState(false);
  const [sending, setSending] = useState(false);
  const empty = text.trim() === '' && files.length === 0;
  useEffect(() => begun(!empty), [empty]);

  if (sending)
    return <Sending receipt={receipt} text={text} files={files} added={added} back={() => setSending(false)} />;
  return (
    <>
      <Title>Tambah keterangan</Title>
      <TextField
        id="more"
        label="Keterangan atau jawaban Anda"
        hint="Dikunci di peramban ini, sama seperti kiriman pertama."
        value={text}
        onInput={setText}
      />
      <FilePicker files={files} change={setFiles} busy={setBusy} />
      <div class="buttons">
        <button type="button" class="main" disabled={empty || busy || tooLong(text)} onClick={() => setSending(true)}>
          Kunci dan kirim
        </button>
        <button type="button" onClick={back}>
          Kembali
        </button>
      </div>
    </>
  );
}

interface SendingProps extends Pick<AdditionProps, 'receipt' | 'added' | 'back'> {
  readonly text: string;
  readonly files: readonly Evidence[];
}

function Sending({ receipt, text, files, added, back }: SendingProps) {
  const delivery = useMemo(
    () =>
      new Delivery({
        receipt,
        day: today(),
        texts: text.trim() === '' ? [] : [{ part: 'text', text: text.trim() }],
        files: files.map(({ name, type, bytes }) => ({ name, type, bytes })),
      }),
    [],
  );
  return <Delivering delivery={delivery} delivered={added} back={back} />;
}
