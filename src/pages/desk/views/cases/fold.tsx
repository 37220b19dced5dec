/** What an act with a case is made of: a fold, and the reason that goes into the audit chain. */
import type { ComponentChildren } from 'preact';

interface FoldProps {
  readonly id?: string;
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onOpen?: () => void;
}

export function Fold({ id, title, children, onOpen }: FoldProps) {
  return (
    <details
      class="fold"
      {...(id === undefined ? {} : { id })}
      onToggle={({ currentTarget }) => currentTarget.open && onOpen?.()}
    >
      <summary>{title}</summary>
      {children}
    </details>
  );
}

interface ReasonFieldProps {
  readonly id: string;
  readonly value: string;
  readonly onInput: (reason: string) => void;
  readonly optional?: boolean;
}

/** A reason goes into the audit chain in clear. */
export function ReasonField({ id, value, onInput, optional = false }: ReasonFieldProps) {
  return (
    <>
      <label for={id}>Alasan{optional ? ' (boleh kosong)' : ''}</label>
      <input
        id={id}
        autocomplete="off"
        maxLength={400}
        required={!optional}
        aria-describedby={`${id}-hint`}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <p class="hint" id={`${id}-hint`}>
        Masuk jejak, tidak tersegel: jangan tulis isi laporan.
      </p>
    </>
  );
}
