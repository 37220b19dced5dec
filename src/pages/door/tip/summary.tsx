import { describe } from '../parts/file-picker.tsx';
import { Title } from '../parts/title.tsx';
import { isEmpty, type Step, type Tip, textsOf } from './tip.ts';

const LABELS = { what: 'Apa', who: 'Siapa', where: 'Di mana', when: 'Kapan' } as const;
const SLOTS = ['what', 'who', 'where', 'when'] as const;

interface SummaryProps {
  readonly tip: Tip;
  readonly correct: (step: Step) => void;
  readonly send: () => void;
}

/** All that will be sealed, while it can still be changed. */
export function Summary({ tip, correct, send }: SummaryProps) {
  const texts = textsOf(tip);
  return (
    <>
      <Title>Periksa dulu</Title>
      <p class="hint">Sesudah dikirim, ini tidak bisa diubah atau ditarik, tetapi bisa ditambah.</p>
      <dl class="summary">
        {SLOTS.map((slot) => (
          <Part key={slot} label={LABELS[slot]} correct={() => correct(slot)}>
            {texts[slot]}
          </Part>
        ))}
        <Part label="Bukti" correct={() => correct('files')}>
          {tip.files.map(describe).join('\n')}
        </Part>
      </dl>
      {isEmpty(tip) && <p class="notice">Belum ada yang diisi. Ceritakan dulu apa yang terjadi.</p>}
      <div class="buttons">
        <button type="button" class="main" disabled={isEmpty(tip)} onClick={send}>
          Kunci dan kirim
        </button>
        <button type="button" onClick={() => history.back()}>
          Kembali
        </button>
      </div>
    </>
  );
}

interface PartProps {
  readonly label: string;
  readonly children: string;
  readonly correct: () => void;
}

function Part({ label, children, correct }: PartProps) {
  return (
    <>
      <dt>
        {label}
        <button type="button" aria-label={`Ubah: ${label}`} onClick={correct}>
          Ubah
        </button>
      </dt>
      <dd class={children === '' ? 'skipped' : ''}>{children === '' ? 'dilewati' : children}</dd>
    </>
  );
}
