/** By when a report has to be filed, as the desk counts with it. */
import type { Authorities, Regulation } from './schema.ts';

/** With every article in words, and whether all of them were read in the text itself. */
export const reportLimitsOf = (
  deadlines: Authorities['deadlines'],
  regulations: ReadonlyMap<string, Pick<Regulation, 'short' | 'articles'>>,
) =>
  deadlines.map(({ id, title, days, counted, citations }) => ({
    id,
    title,
    days,
    counted,
    source: citations
      .map((cited) =>
        'regulation' in cited
          ? `${regulations.get(cited.regulation)?.short ?? cited.regulation} ${cited.at}`
          : cited.statement,
      )
      .join('; '),
    certain: citations.every(
      (cited) =>
        'regulation' in cited && regulations.get(cited.regulation)?.articles[cited.at]?.certainty === 'confirmed',
    ),
  }));
