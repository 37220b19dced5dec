import { useState } from 'preact/hooks';
import type { RuleList } from '../../../../channels/web/desk/contract.ts';
import type { Draft } from './draft.ts';
import { Wrong } from './fields.tsx';

interface CitationsProps {
  readonly draft: Draft;
  readonly rules: RuleList;
  readonly problems: ReadonlyMap<keyof Draft, string>;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Articles of the list of regulations: no other can be cited. */
export function Citations({ draft, rules, problems, onChange }: CitationsProps) {
  const [regulation, setRegulation] = useState(rules.regulations[0]?.id ?? '');
  const articles = rules.regulations.find(({ id }) => id === regulation)?.articles ?? [];
  const [chosen, setArticle] = useState('');
  const at = articles.includes(chosen) ? chosen : (articles[0] ?? '');
  const titleOf = (id: string) => rules.regulations.find((known) => known.id === id)?.title ?? id;
  const there = draft.citations.some((entry) => entry.regulation === regulation && entry.at === at);
  return (
    <fieldset id="citations" tabIndex={-1} class="plain" aria-describedby="citations-wrong">
      <legend>Dasar hukum</legend>
      <ul class="list">
        {draft.citations.map((entry) => (
          <li key={`${entry.regulation} ${entry.at}`}>
            {titleOf(entry.regulation)}, {entry.at}{' '}
            <button
              type="button"
              aria-label={`Buang ${titleOf(entry.regulation)}, ${entry.at}`}
              onClick={() => onChange({ citations: draft.citations.filter((other) => other !== entry) })}
            >
              Buang
            </button>
          </li>
        ))}
      </ul>
      <label for="regulation">Aturan</label>
      <select id="regulation" value={regulation} onChange={({ currentTarget }) => setRegulation(currentTarget.value)}>
        {rules.regulations.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <label for="article">Pasal</label>
      <select id="article" value={at} onChange={({ currentTarget }) => setArticle(currentTarget.value)}>
        {articles.map((article) => (
          <option key={article} value={article}>
            {article}
          </option>
        ))}
      </select>
      <button
        type="button"
        disabled={there || at === ''}
        onClick={() => onChange({ citations: [...draft.citations, { regulation, at }] })}
      >
        Tambahkan dasar hukum
      </button>
      <Wrong name="citations" problems={problems} />
    </fieldset>
  );
}
