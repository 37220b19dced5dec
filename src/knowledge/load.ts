/** From the YAML files of a folder to a {@link Knowledge}, or to everything that is wrong with them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { misnamedFiles, yamlFiles } from './files.ts';
import { KNOWLEDGE_FOLDER, type Knowledge, OUT, type RulePlace, type Utterance } from './knowledge.ts';
import { KnowledgeError, type Problem } from './problem.ts';
import type { Rule } from './schema.ts';
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
import { readSource } from './source.ts';

export { KNOWLEDGE_FOLDER, type Knowledge, OUT, type RulePlace, type Utterance } from './knowledge.ts';

/** Reads the folder. `knowledge` is undefined where a file could not be understood; `problems` then says why. Never throws. */
export function readKnowledge(folder: string = KNOWLEDGE_FOLDER): {
  knowledge: Knowledge | undefined;
  problems: Problem[];
} {
  const problems: Problem[] = misnamedFiles(folder).map((file) => ({
    file,
    line: 0,
    column: 0,
    check: 'file',
    message: 'is not read: its name does not end in .yaml',
    repair: `rename it to ${file.replace(/\.ya?ml(?:\.txt)?$/i, '.yaml')}`,
  }));
  const regulations = readSource(folder, 'regulations.yaml', regulationsFile, problems);
  const authorities = readSource(folder, 'authorities.yaml', authoritiesFile, problems);
  const stages = readSource(folder, 'stages.yaml', stagesFile, problems);
  const actors = readSource(folder, 'actors.yaml', actorsFile, problems);
  const vocabulary = readSource(folder, 'vocabulary.yaml', vocabularyFile, problems);
  const topics = readSource(folder, 'topics.yaml', topicsFile, problems);
  const outOfScope = readSource(folder, 'out-of-scope.yaml', outOfScopeFile, problems);
  const wording = readSource(folder, 'wording.yaml', wordingFile, problems);

  const rules = new Map<string, Rule>();
  const places = new Map<string, RulePlace>();
  for (const file of yamlFiles(folder, 'rules')) {
    const source = readSource(folder, file, rulesFile, problems);
    source.value?.rules.forEach((rule, index) => {
      const earlier = places.get(rule.id);
      if (earlier) {
        problems.push({
          file,
          ...source.at(['rules', index, 'id']),
          check: 'duplicate-id',
          message: `rule ${rule.id} stands also in ${earlier.source.file}`,
          repair: 'give one of them another id, or remove it; ids are never reused',
        });
        return;
      }
      const { review, ...rest } = rule;
      rules.set(rule.id, {
        ...rest,
        topic: source.value?.topic ?? '',
        review: review ?? (source.value?.review as Rule['review']),
      });
      places.set(rule.id, { source, path: ['rules', index] });
    });
  }

  const outClasses = new Map((outOfScope.value ?? []).map((entry) => [entry.id, entry]));

  const complete =
    regulations.value &&
    authorities.value &&
    stages.value &&
    actors.value &&
    vocabulary.value &&
    topics.value &&
    outOfScope.value &&
    wording.value;
  if (!complete || problems.length > 0) return { knowledge: undefined, problems };
  const knowledge: Knowledge = {
    rules,
    places,
    topics: topics.value,
    regulations: new Map(regulations.value.map((entry) => [entry.id, entry])),
    authorities: authorities.value,
    stages: stages.value,
    actors: new Map(actors.value.map((entry) => [entry.id, entry])),
    vocabulary: vocabulary.value,
    outOfScope: outClasses,
    wording: wording.value,
    folder,
    trainingHash: hashTraining(folder, vocabulary.text, rules),
  };
  return { knowledge, problems };
}

/** Reads the folder or throws a {@link KnowledgeError} with every problem. */
export function loadKnowledge(folder: string = KNOWLEDGE_FOLDER): Knowledge {
  const { knowledge, problems } = readKnowledge(folder);
  if (!knowledge) throw new KnowledgeError(problems);
  return knowledge;
}

/**
 * The training texts of a folder, in the order of the files. Read apart from {@link readKnowledge}: they are large, and a start with a
 * trained model in the cache does not need them.
 */
export function readUtterances(folder: string = KNOWLEDGE_FOLDER): { utterances: Utterance[]; problems: Problem[] } {
  const out: Utterance[] = [];
  const problems: Problem[] = [];
  for (const file of yamlFiles(folder, 'utterances')) {
    const prefix = file.endsWith('/out-of-scope.yaml') ? OUT : '';
    const source = readSource(folder, file, utterancesFile, problems);
    for (const [label, writers] of Object.entries(source.value ?? {})) {
      for (const [writer, texts] of Object.entries(writers)) {
        texts.forEach((text, index) => {
          const { line } = source.at([label, writer, index]);
          out.push({ text, label: prefix + label, writer, file, line });
        });
      }
    }
  }
  return { utterances: out, problems };
}

function hashTraining(folder: string, vocabulary: string, rules: ReadonlyMap<string, Rule>): string {
  const hash = createHash('sha256').update(vocabulary);
  for (const file of yamlFiles(folder, 'utterances'))
    hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  for (const rule of rules.values()) hash.update(`\n${rule.id}\t${rule.title}\t${rule.aliases.join('\t')}`);
  return hash.digest('hex');
}
