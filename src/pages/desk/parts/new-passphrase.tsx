import { useEffect, useState } from 'preact/hooks';
import { ENOUGH } from '../../../sealing/passphrase.ts';
import { keys } from '../keys/keys.ts';

interface NewPassphraseProps {
  readonly value: string;
  readonly repeated: string;
  readonly onInput: (value: string, repeated: string) => void;
  /** Told whether it may be taken: strong enough, and typed twice. */
  readonly onFit: (fits: boolean) => void;
}

const STRENGTHS = ['terlalu lemah', 'lemah', 'cukup', 'kuat', 'sangat kuat'];

/** A passphrase typed twice, with its strength shown while it is typed. */
export function NewPassphrase({ value, repeated, onInput, onFit }: NewPassphraseProps) {
  const [strength, setStrength] = useState(0);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    void keys.call('strength', value).then(setStrength, () => {});
  }, [value]);
  const same = value === repeated;
  const fits = strength >= ENOUGH && same;
  useEffect(() => onFit(fits), [fits, onFit]);
  // Preact's types want one kind of input, known beforehand
  const type = (shown ? 'text' : 'password') as 'password';
  return (
    <fieldset class="plain">
      <legend>Frasa sandi baru</legend>
      <p class="hint" id="passphrase-hint">
        Paling aman: empat kata atau lebih yang tidak berhubungan. Kalau lupa, tidak ada yang bisa memulihkannya, dan
        laporan yang hanya terkunci untuk Anda tidak bisa dibuka lagi.
      </p>
      <label for="passphrase">Frasa sandi</label>
      <input
        id="passphrase"
        type={type}
        autocomplete="new-password"
        spellcheck={false}
        autocapitalize="none"
        required
        aria-describedby="passphrase-hint passphrase-strength"
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value, repeated)}
      />
      <meter min={0} max={4} low={2} high={3} optimum={4} value={value === '' ? 0 : strength} aria-hidden="true" />
      <p id="passphrase-strength" class="hint" role="status">
        {value === '' ? 'Belum diisi' : `Kekuatan: ${STRENGTHS[strength]}`}
      </p>
      <label for="passphrase-again">Ketik sekali lagi</label>
      <input
        id="passphrase-again"
        type={type}
        autocomplete="new-password"
        spellcheck={false}
        autocapitalize="none"
        required
        aria-invalid={repeated !== '' && !same}
        aria-describedby="passphrase-same"
        value={repeated}
        onInput={({ currentTarget }) => onInput(value, currentTarget.value)}
      />
      <p id="passphrase-same" class="hint" role="status">
        {repeated !== '' && !same ? 'Belum sama dengan yang di atas.' : ''}
      </p>
      <label class="check">
        <input type="checkbox" checked={shown} onChange={({ currentTarget }) => setShown(currentTarget.checked)} />{' '}
        Tampilkan
      </label>
    </fieldset>
  );
}
