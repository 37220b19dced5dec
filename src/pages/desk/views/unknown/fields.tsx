/** Fields of the draft's form: a label, a hint, and what is wrong. */
import type { ComponentChildren } from 'preact';
import type { Draft } from './draft.ts';

type TextKey = { [K in keyof Draft]: Draft[K] extends readonly unknown[] ? never : K }[keyof Draft];

export interface FieldProps {
  readonly name: TextKey;
  readonly label: string;
  readonly hint?: string;
  readonly draft: Draft;
  readonly problems: ReadonlyMap<keyof Draft, string>;
  readonly onChange: (change: Partial<Draft>) => void;
}

const described = ({ name, hint, problems }: FieldProps) => ({
  'aria-invalid': problems.has(name),
  'aria-describedby': [hint === undefined ? '' : `${name}-hint`, problems.has(name) ? `${name}-wrong` : '']
    .filter((id) => id !== '')
    .join(' '),
});

function Around({ children, ...props }: FieldProps & { readonly children: ComponentChildren }) {
  const { name, label, hint, problems } = props;
  return (
    <>
      <label for={name}>{label}</label>
      {hint === undefined ? null : (
        <p id={`${name}-hint`} class="hint">
          {hint}
        </p>
      )}
      {children}
      <Wrong name={name} problems={problems} />
    </>
  );
}

export function Wrong({ name, problems }: Pick<FieldProps, 'problems'> & { readonly name: keyof Draft }) {
  const problem = problems.get(name);
  return problem === undefined ? null : (
    <p id={`${name}-wrong`} class="wrong">
      {problem}
    </p>
  );
}

export function Line(props: FieldProps & { readonly type?: 'text' | 'date' }) {
  const { name, draft, onChange, type = 'text' } = props;
  return (
    <Around {...props}>
      <input
        id={name}
        // Preact's types want one kind of input, known beforehand
        type={type as 'text'}
        autocomplete="off"
        value={draft[name]}
        {...described(props)}
        onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
      />
    </Around>
  );
}

export function Area(props: FieldProps & { readonly rows: number }) {
  const { name, draft, onChange, rows } = props;
  return (
    <Around {...props}>
      <textarea
        id={name}
        rows={rows}
        value={draft[name]}
        {...described(props)}
        onInput={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
      />
    </Around>
  );
}

export function Choice(props: FieldProps & { readonly choices: ReadonlyArray<readonly [string, string]> }) {
  const { name, draft, onChange, choices } = props;
  return (
    <Around {...props}>
      <select
        id={name}
        value={draft[name]}
        {...described(props)}
        onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
      >
        {choices.map(([value, title]) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
    </Around>
  );
}
