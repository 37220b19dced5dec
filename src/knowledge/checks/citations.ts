import type { Knowledge } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import type { Citation } from '../schema.ts';
import { inRule } from './at.ts';

/** Citations of unknown regulations or articles, and of repealed ones without what replaced them. */
export function citations(knowledge: Knowledge): Problem[] {
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    const look = (citation: Citation, path: ReadonlyArray<string | number>) => {
      const problem = wrong(knowledge, citation);
      if (problem) out.push(inRule(knowledge, rule.id, path, problem));
    };
    for (const [i, citation] of rule.citations.entries()) look(citation, ['citations', i]);
    for (const [i, sanction] of rule.sanctions.entries()) {
      for (const [k, citation] of sanction.citations.entries()) look(citation, ['sanctions', i, 'citations', k]);
    }
  }
  for (const actor of knowledge.actors.values()) {
    for (const citation of actor.citations) {
      const problem = wrong(knowledge, citation);
      if (problem) out.push({ file: 'actors.yaml', line: 0, column: 0, ...problem });
    }
  }
  for (const regulation of knowledge.regulations.values()) {
    if (regulation.repealed_by !== undefined && !knowledge.regulations.has(regulation.repealed_by))
      out.push({
        file: 'regulations.yaml',
        line: 0,
        column: 0,
        check: 'citation',
        message: `${regulation.id}: repealed_by names an unknown regulation "${regulation.repealed_by}"`,
        repair: didYouMean(
          regulation.repealed_by,
          knowledge.regulations.keys(),
          'add that regulation, or correct the id',
        ),
      });
  }
  return out;
}

function wrong(knowledge: Knowledge, citation: Citation): Pick<Problem, 'check' | 'message' | 'repair'> | undefined {
  if (!('regulation' in citation)) return undefined;
  const regulation = knowledge.regulations.get(citation.regulation);
  if (!regulation)
    return {
      check: 'citation',
      message: `there is no regulation "${citation.regulation}"`,
      repair: didYouMean(
        citation.regulation,
        knowledge.regulations.keys(),
        `add it to regulations.yaml, or use one of: ${[...knowledge.regulations.keys()].join(', ')}`,
      ),
    };
  if (!(citation.at in regulation.articles))
    return {
      check: 'citation',
      message: `${regulation.short} has no "${citation.at}" in regulations.yaml`,
      repair: `use one of: ${nearest(citation.at, Object.keys(regulation.articles)).join('; ')} ..., or add the article with what it says`,
    };
  if (regulation.status === 'repealed') {
    if (citation.successor === undefined)
      return {
        check: 'repealed',
        message: `${regulation.short} is repealed`,
        repair: `add successor: { regulation: ${regulation.repealed_by ?? '...'}, at: ... }, or cite what is in force`,
      };
    return wrong(knowledge, citation.successor);
  }
  return undefined;
}

/** Places of the same article first: "Ps 5 huruf n angka 9" is most likely one of the others of Ps 5. */
function nearest(wanted: string, places: readonly string[]): string[] {
  const article = /\d+[A-Z]?/.exec(wanted)?.[0];
  const same = places.filter((place) => /\d+[A-Z]?/.exec(place)?.[0] === article);
  return [...same, ...places.filter((place) => !same.includes(place))].slice(0, 8);
}
