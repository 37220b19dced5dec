/** The JSON Schemas that editors use for the YAML files, made from the same source as the types. */
import { z } from 'zod';
import {
  actorsFile,
  authoritiesFile,
  outOfScopeFile,
  regulationsFile,
  rulesFile,
  stagesFile,
  topicsFile,
  utterancesFile,
  vocabularyFile,
  wordingFile,
} from './shapes.ts';

const FILES = {
  rules: rulesFile,
  regulations: regulationsFile,
  authorities: authoritiesFile,
  stages: stagesFile,
  actors: actorsFile,
  topics: topicsFile,
  vocabulary: vocabularyFile,
  utterances: utterancesFile,
  'out-of-scope': outOfScopeFile,
  wording: wordingFile,
} as const;

/** File name below `knowledge/schema/` -> its text. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, schema]) => [
      `${name}.schema.json`,
      `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
