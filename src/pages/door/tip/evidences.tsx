import { useState } from 'preact/hooks';
import { FilePicker } from '../parts/file-picker.tsx';
import { Title } from '../parts/title.tsx';
import { Onward } from './onward.tsx';
import type { StepProps } from './step-props.ts';

/** Pictures and other files. */
export function Evidences({ tip, change, next, nextLabel }: StepProps) {
  const [busy, setBusy] = useState(false);
  return (
    <>
      <Title>Ada bukti?</Title>
      <p class="hint">
        Foto atau tangkapan layar paling baik: kami buat ulang di sini, tanpa lokasi dan data kamera. Perhatikan juga
        isinya: pantulan, nama akun, atau sudut ambil bisa menunjuk ke Anda.
      </p>
      <FilePicker files={tip.files} change={(files) => change({ files })} busy={setBusy} />
      <Onward empty={tip.files.length === 0} blocked={busy} next={next} label={nextLabel} />
    </>
  );
}
