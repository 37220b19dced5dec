/**
 * The matcher: a question in, a decision out. Pure: it holds the rule base's vocabulary and a trained model, and nothing that changes.
 *
 * The stages, each a file of its own: normalise -> vocabulary -> features -> model (rank) -> decide; beside them facets (who, when),
 * follow-ups and the split of double questions.
 */
import Fuse from 'fuse.js';
import { type Knowledge, OUT } from '../knowledge/knowledge.ts';
import type { Actor, Stage } from '../knowledge/schema.ts';
import { type Decision, decide, type Evidence, LIMITS, type Limits, type Scored } from './decide.ts';
import { FacetFinder, type Facets, find, type Needles, needles } from './facets.ts';
import { featureNames, features, featuresOf } from './features.ts';
import { contributions, type Model, ranking } from './model.ts';
import { normalise } from './normalise.ts';
import { Lexicon, type Token } from './vocabulary.ts';

/** A rule that may be meant, and its share of the ranking's probability (uncalibrated: for comparing candidates). */
export interface Candidate {
  readonly rule: string;
  readonly confidence: number;
}

/** The decision about one question, with what else was found in it. `candidates` are at most three, best first. */
export type Match = Decision & { readonly candidates: readonly Candidate[]; readonly facets: Facets };

/** What a message that leans on the last answer asks for. */
export type FollowUp =
  | { readonly kind: 'sanctions' | 'citations' | 'not-this' | 'other-act' }
  | { readonly kind: 'actor'; readonly actor: Actor }
  | { readonly kind: 'stage'; readonly stage: Stage };

/** How an answer came about, for `ask --why` and the curators. */
export interface Explanation {
  readonly tokens: readonly Token[];
  readonly scores: readonly Scored[];
  readonly reasons: ReadonlyArray<{ readonly feature: string; readonly weight: number }>;
}

const CANDIDATES = 3;
/** Rules, and classes, that are looked at; the rest have next to no probability. */
const EVIDENCE = 12;
/** A follow-up is short; anything longer is a question of its own. */
const FOLLOW_UP_TOKENS = 8;

export class Matcher {
  readonly #knowledge: Knowledge;
  readonly #model: Model;
  readonly #lexicon: Lexicon;
  /** Places of the rules, and of the out-of-scope classes, among the model's labels. */
  readonly #ruleLabels: Int32Array;
  readonly #outLabels: Int32Array;
  readonly #facets: FacetFinder;
  readonly #limits: Limits;
  readonly #always: Needles<string>;
  readonly #cues: Record<'sanctions' | 'citations' | 'filler' | 'acts' | 'joiners' | 'follow-on', ReadonlySet<string>>;
  readonly #notThis: Needles<true>;
  readonly #titles: Fuse<{ id: string; title: string; aliases: string[] }>;

  constructor(knowledge: Knowledge, model: Model, limits: Limits = LIMITS) {
    this.#knowledge = knowledge;
    this.#model = model;
    this.#limits = limits;
    const places = model.labels.map((_, i) => i);
    this.#outLabels = Int32Array.from(places.filter((i) => model.labels[i]?.startsWith(OUT)));
    this.#ruleLabels = Int32Array.from(places.filter((i) => knowledge.rules.has(model.labels[i] ?? '')));
    this.#lexicon = new Lexicon(knowledge.vocabulary, model.known, model.frequent);
    this.#facets = new FacetFinder(knowledge, this.#lexicon);
    this.#always = needles(
      [...knowledge.outOfScope.values()].map(({ id, always }) => [id, always] as const),
      this.#lexicon,
    );
    const { cues } = knowledge.vocabulary;
    const set = (list: readonly string[]) => new Set(list);
    this.#cues = {
      sanctions: set(cues.sanctions),
      citations: set(cues.citations),
      filler: set(cues.filler),
      acts: set(cues.acts),
      joiners: set(cues.joiners),
      'follow-on': set(cues['follow-on']),
    };
    this.#notThis = needles([[true as const, cues['not-this']]], this.#lexicon);
    this.#titles = new Fuse(
      [...knowledge.rules.values()].map(({ id, title, aliases }) => ({ id, title, aliases })),
      { keys: ['title', 'aliases'], threshold: 0.35, ignoreLocation: true, includeScore: true },
    );
  }

  /** The same model with edited rules. */
  withKnowledge(knowledge: Knowledge): Matcher {
    return new Matcher(knowledge, this.#model, this.#limits);
  }

  /** Decides about one question. */
  match(text: string): Match {
    const tokens = this.#lexicon.tokens(normalise(text));
    const facets = this.#facets.find(tokens);
    if (!/\p{L}/u.test(text)) return { outcome: 'unknown', confidence: 0, candidates: [], facets };
    const sure = find(tokens, this.#always)[0];
    if (sure) return { outcome: 'out', outClass: sure.value, confidence: 1, candidates: [], facets };
    const { rules, outs } = this.#evidence(tokens);
    const decision = decide({ rules, outs }, (id) => this.#knowledge.rules.get(id)?.verdict, this.#limits);
    const candidates = rules
      .slice(0, CANDIDATES)
      .map(({ label, probability }) => ({ rule: label, confidence: probability }));
    return { ...decision, candidates, facets };
  }

  /** The likeliest rules and out-of-scope classes, best first. */
  rank(text: string): readonly Scored[] {
    const { rules, outs } = this.evidence(text);
    return [...rules, ...outs.map(({ label, ...rest }) => ({ label: OUT + label, ...rest }))].sort(
      (a, b) => b.probability - a.probability,
    );
  }

  /** All that speaks for and against the likeliest rules and out-of-scope classes. */
  evidence(text: string): Evidence {
    return this.#evidence(this.#lexicon.tokens(normalise(text)));
  }

  #evidence(tokens: readonly Token[]): Evidence {
    const vector = this.#model.space.vector(featuresOf(tokens));
    if (vector.indices.length === 0) return { rules: [], outs: [] };
    const { probabilities, margins } = ranking(this.#model, vector);
    const best = (labels: Int32Array, cut: number): Scored[] =>
      labels
        .toSorted((a, b) => (probabilities[b] as number) - (probabilities[a] as number) || a - b)
        .subarray(0, EVIDENCE)
        .reduce<Scored[]>((list, i) => {
          const label = (this.#model.labels[i] as string).slice(cut);
          list.push({ label, probability: probabilities[i] as number, margin: margins[i] as number });
          return list;
        }, []);
    return { rules: best(this.#ruleLabels, 0), outs: best(this.#outLabels, OUT.length) };
  }

  /** Which words and features led to the best label. */
  explain(text: string): Explanation {
    const { features: found, tokens } = features(text, this.#lexicon);
    const names = featureNames(tokens);
    const scores = this.rank(text).slice(0, 8);
    const best = this.#model.labels.indexOf(scores[0]?.label ?? '');
    const reasons = contributions(this.#model, this.#model.space.vector(found), best)
      .slice(0, 12)
      .map(({ feature, weight }) => ({ feature: names.get(feature) ?? '', weight }));
    return { tokens, scores, reasons };
  }

  /** What a short message asks about the last answer; undefined where it stands by itself. */
  followUp(text: string): FollowUp | undefined {
    const tokens = this.#lexicon.tokens(normalise(text));
    if (tokens.length === 0 || tokens.length > FOLLOW_UP_TOKENS) return undefined;
    if (find(tokens, this.#notThis).length > 0) return { kind: 'not-this' };
    const actors = find(tokens, this.#facets.actors);
    const stages = find(tokens, this.#facets.stages);
    const covered = new Set(
      [...actors, ...stages].flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k)),
    );
    const content = tokens.filter((token, i) => !covered.has(i) && !this.#cues.filler.has(token.word));
    const all = (cue: ReadonlySet<string>) =>
      content.length > 0 && content.every((token) => cue.has(token.word) || cue.has(token.stem));
    if (actors.length === 0 && stages.length === 0) {
      const both = new Set([...this.#cues.sanctions, ...this.#cues.citations]);
      if (all(both)) return { kind: all(this.#cues.citations) ? 'citations' : 'sanctions' };
    }
    const sanctionOnly = content.length === 0 || all(this.#cues.sanctions);
    if (actors.length === 1 && sanctionOnly) return { kind: 'actor', actor: (actors[0] as { value: Actor }).value };
    if (actors.length === 0 && stages.length === 1 && sanctionOnly)
      return { kind: 'stage', stage: (stages[0] as { value: Stage }).value };
    const leans = this.#cues['follow-on'].has(tokens[0]?.word ?? '');
    if (leans && content.length >= 1 && content.length <= 2 && content.some((token) => this.#isAct(token)))
      return { kind: 'other-act' };
    return undefined;
  }

  /**
   * "Kalau komen?" after the rule about liking: the new act in the place of the old one. Neighbours of the last rule are preferred,
   * because that is what a follow-up is about.
   */
  otherAct(text: string, lastRule: string): string | undefined {
    const last = this.#knowledge.rules.get(lastRule);
    if (!last) return undefined;
    const object = this.#lexicon
      .tokens(normalise(last.title))
      .filter((token) => !this.#isAct(token) && !this.#cues.filler.has(token.word))
      .map(({ word }) => word);
    const { rules } = this.evidence(`${text} ${object.join(' ')}`);
    const near = new Set([
      ...last.related,
      ...[...this.#knowledge.rules.values()].filter(({ topic }) => topic === last.topic).map(({ id }) => id),
    ]);
    return (
      rules
        .filter(({ label }) => label !== lastRule)
        .slice(0, 5)
        .find(({ label }) => near.has(label))?.label ?? rules[0]?.label
    );
  }

  /**
   * Two questions in one message, each decided: "like sama share boleh?" or two sentences with a question mark each.
   * One entry where the message asks one thing.
   */
  split(text: string): Match[] {
    const whole = this.match(text);
    for (const parts of [this.#sentences(text), this.#acts(text)]) {
      if (parts.length !== 2) continue;
      const matches = parts.map((part) => this.match(part));
      const rules = new Set(matches.flatMap((match) => (match.outcome === 'answer' ? [match.rule] : [])));
      if (rules.size === 2) return matches;
    }
    return [whole];
  }

  #sentences(text: string): string[] {
    return text
      .split('?')
      .map((part) => part.trim())
      .filter(
        (part) =>
          this.#lexicon.tokens(normalise(part)).filter((token) => !this.#cues.filler.has(token.word)).length >= 3,
      );
  }

  /**
   * The message once with the first act and once with the second, where two acts stand joined. Where it names nothing else
   * ("like sama share boleh?"), a candidate's post is meant: that is what everybody asks about.
   */
  #acts(text: string): string[] {
    const tokens = this.#lexicon.tokens(normalise(text));
    for (let i = 0; i + 1 < tokens.length; i++) {
      if (!this.#isAct(tokens[i] as Token)) continue;
      const joined = this.#cues.joiners.has(tokens[i + 1]?.word ?? '');
      const j = joined ? i + 2 : i + 1;
      const second = tokens[j];
      if (!second || !this.#isAct(second) || second.word === tokens[i]?.word) continue;
      if (!joined && !/[,/&+]/.test(text)) continue;
      const bare = tokens.every(
        (token, k) => k === i || k === j || this.#cues.filler.has(token.word) || this.#cues.joiners.has(token.word),
      );
      const without = (skip: number) =>
        `${tokens
          .filter((_, k) => k !== skip && !(joined && k === i + 1))
          .map(({ word }) => word)
          .join(' ')}${bare ? ' unggahan calon' : ''}`;
      return [without(j), without(i)];
    }
    return [];
  }

  #isAct(token: Token): boolean {
    return this.#cues.acts.has(token.word) || this.#cues.acts.has(token.stem);
  }

  /** Rule ids whose title or aliases look like the words, nearest first: for the menu's search and Telegram's inline mode. */
  search(text: string, limit: number): string[] {
    return this.#titles
      .search(text.slice(0, 60))
      .slice(0, limit)
      .map(({ item }) => item.id);
  }
}
