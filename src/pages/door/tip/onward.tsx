interface OnwardProps {
  /** Nothing was told: going on skips the question. */
  readonly empty: boolean;
  readonly blocked?: boolean;
  readonly next: () => void;
  readonly label: string;
}

/** The buttons below a question. */
export function Onward({ empty, blocked = false, next, label }: OnwardProps) {
  return (
    <div class="buttons">
      <button type="button" class="main" disabled={blocked} onClick={next}>
        {empty && label === 'Lanjut' ? 'Lewati' : label}
      </button>
      <button type="button" onClick={() => history.back()}>
        Kembali
      </button>
    </div>
  );
}
