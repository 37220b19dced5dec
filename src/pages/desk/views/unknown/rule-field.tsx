import type { RuleList } from '../../../../channels/web/desk/contract.ts';

interface RuleFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly rules: RuleList;
  readonly onInput: (rule: string) => void;
  readonly problem?: string | undefined;
}

/** A rule by its id: the browser searches ids and titles while one types. */
export function RuleField({ id, label, value, rules, onInput, problem }: RuleFieldProps) {
  const known = rules.rules.find((rule) => rule.id === value);
  return (
    <>
      <label for={id}>{label}</label>
      <input
        id={id}
        list={`${id}-list`}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-said`}
        onInput={({ currentTarget }) => onInput(currentTarget.value.trim())}
      />
      <datalist id={`${id}-list`}>
        {rules.rules.map((rule) => (
          <option key={rule.id} value={rule.id}>
            {rule.title}
          </option>
        ))}
      </datalist>
      <p id={`${id}-said`} class={problem === undefined ? 'hint' : 'wrong'}>
        {problem ??
          known?.title ??
          (value === '' ? 'Ketik sebagian judul atau id, lalu pilih.' : 'Belum ada aturan dengan id ini.')}
      </p>
    </>
  );
}
