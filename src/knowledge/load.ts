/**
 * The rule base as one value. `loadKnowledge` reads a folder; everything else in the program works on `Knowledge` alone and
 * never sees YAML.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KnowledgeError, type Problem } from './problem.ts';
import {
  type ActorEntry,
  type Authorities,
  actorsFile,
  authoritiesFile,
  type OutOfScopeClass,
  outOfScopeFile,
  type Regulation,
  type Rule,
  regulationsFile,
  rulesFile,
  type Stages,
  stagesFile,
  type Topic,
  topicsFile,
  utterancesFile,
  type Vocabulary,
  vocabularyFile,
  type Wording,
  wordingFile,
} from './schema.ts';
import { readSource, type Source } from './source.ts';

/** A question as somebody might ask it, and what it should find. */
export interface Utterance {
  readonly text: string;
  /** Id of a rule, or of an out-of-scope class with `out:` before it. */
  readonly label: string;
  readonly writer: string;
  readonly file: string;
  readonly line: number;
}

/** Where in which file a rule stands. */
export interface RulePlace {
  readonly source: Source<unknown>;
  readonly path: ReadonlyArray<string | number>;
}

export interface Knowledge {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly places: ReadonlyMap<string, RulePlace>;
  readonly topics: readonly Topic[];
  readonly regulations: ReadonlyMap<string, Regulation>;
  readonly authorities: Authorities;
  readonly stages: Stages;
  readonly actors: ReadonlyMap<string, ActorEntry>;
  readonly vocabulary: Vocabulary;
  readonly outOfScope: ReadonlyMap<string, OutOfScopeClass>;
  readonly wording: Wording;
  /** The folder it was read from. */
  readonly folder: string;
  /** SHA-256 of what the matcher learns from (vocabulary, utterances, rules' titles and aliases), hex. */
  readonly trainingHash: string;
}

/** The rule base that comes with the program. */
export const KNOWLEDGE_FOLDER = fileURLToPath(new URL('../../knowledge', import.meta.url));

/** Prefix of the labels of out-of-scope classes among the matcher's labels. */
export const OUT = 'out:';

const yamlFiles = (folder: string, sub: string): string[] => {
  const path = join(folder, sub);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${sub}/${name}`);
};

/** Reads the folder. `knowledge` is undefined where a file could not be understood; `problems` then says why. Never throws. */
export function readKnowledge(folder: string = KNOWLEDGE_FOLDER): {
  knowledge: Knowledge | undefined;
  problems: Problem[];
} {
  const problems: Problem[] = [];
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

/** SHA-256 over every file of the folder, hex: tells whether anything was edited. */
export function folderHash(folder: string = KNOWLEDGE_FOLDER): string {
  const hash = createHash('sha256');
  const files = [
    ...readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort(),
    ...yamlFiles(folder, 'rules'),
    ...yamlFiles(folder, 'utterances'),
  ];
  for (const file of files) hash.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}
