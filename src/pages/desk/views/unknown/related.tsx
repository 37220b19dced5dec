import { useState } from 'preact/hooks';
import type { RuleList } from '../../../../channels/web/desk/contract.ts';
import type { Draft } from './draft.ts';
import { Wrong } from './fields.tsx';
import { RuleField } from './rule-field.tsx';

interface RelatedProps {
  readonly draft: Draft;
  readonly rules: RuleList;
  readonly problems: ReadonlyMap<keyof Draft, string>;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Rules that are offered beside this one. */
export function Related({ draft, rules, problems, onChange }: RelatedProps) {
  const [rule, setRule] = useState('');
  const titleOf = (id: string) => rules.rules.find((known) => known.id === id)?.title ?? id;
  const fits = rules.rules.some(({ id }) => id === rule) && !draft.related.includes(rule);
  return (
    <fieldset id="related" tabIndex={-1} class="plain" aria-describedby="related-wrong">
      <legend>Aturan yang berdekatan</legend>
      <ul class="list">
        {draft.related.map((id) => (
          <li key={id}>
            {titleOf(id)}{' '}
            <button
              type="button"
              aria-label={`Buang ${titleOf(id)}`}
              onClick={() => onChange({ related: draft.related.filter((other) => other !== id) })}
            >
              Buang
            </button>
          </li>
        ))}
      </ul>
      <RuleField id="related-rule" label="Aturan berdekatan" value={rule} rules={rules} onInput={setRule} />
      <button
        type="button"
        disabled={!fits}
        onClick={() => {
          onChange({ related: [...draft.related, rule] });
          setRule('');
        }}
      >
        Tambahkan aturan
      </button>
      <Wrong name="related" problems={problems} />
    </fieldset>
  );
}
