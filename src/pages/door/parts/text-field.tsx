import { MOST_TEXT } from '../../../channels/web/door/contract.ts';

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly short?: boolean;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/**
 * A field for what a person tells. Checking the spelling is off: some browsers send the text to their maker for it. `autocomplete` is off
 * so that the browser neither remembers it nor writes it to disk to restore it.
 */
export function TextField({ id, label, hint, short = false, value, onInput }: TextFieldProps) {
  const over = value.length > MOST_TEXT;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        class={short ? 'short' : ''}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-describedby={[hint && `${id}-hint`, over && `${id}-over`].filter(Boolean).join(' ') || undefined}
        aria-invalid={over}
        autocomplete="off"
        autocorrect="off"
        spellcheck={false}
      />
      {over && (
        <p class="hint" id={`${id}-over`} role="status">
          Terlalu panjang: paling banyak {MOST_TEXT.toLocaleString('id')} huruf. Tulis intinya saja.
        </p>
      )}
    </div>
  );
}

export const tooLong = (value: string): boolean => value.length > MOST_TEXT;
