/**
 * The shape of every file under `knowledge/`. One source: TypeScript's types, the checks at load time and the JSON Schemas that
 * editors use (`knowledge/schema/*.schema.json`, written by `npm run schema`) all come from here.
 */
import { z } from 'zod';
import { sentences } from './sentences.ts';
import { ACTORS, BASES, CERTAINTIES, SANCTION_LEVELS, STAGES, VERDICTS } from './terms.ts';

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'an id is lower-case words joined by "-", such as medsos-like');
const line = (max: number, min = 3) => z.string().trim().min(min).max(max);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written 2026-11-21');

export const regulationCitation = z.strictObject({
  regulation: id.describe('id of a regulation in regulations.yaml'),
  at: z.string().describe('a key of its `articles`'),
  successor: z
    .strictObject({ regulation: id, at: z.string() })
    .optional()
    .describe('required where the regulation is repealed: what applies today'),
});
const statementCitation = z.strictObject({
  statement: line(80, 2).describe('who said it: an agency or an office, never a person'),
  date: z.string().min(4).describe('when, as precisely as known: "2023", "Oktober 2024"'),
  says: line(200).optional(),
  url: z.url().optional(),
});
export const citation = z.union([regulationCitation, statementCitation]);

export const sanction = z.strictObject({
  stage: z.enum(STAGES).optional(),
  actor: z.enum(ACTORS).optional(),
  level: z.enum(SANCTION_LEVELS),
  text: line(120),
  citations: z.array(citation).default([]),
});
const variant = z.strictObject({ verdict: z.enum(VERDICTS).optional(), text: line(220) });
const position = z.strictObject({
  who: line(60, 2),
  when: z.string().min(4),
  says: line(200),
  url: z.url().optional(),
});

export const review = z.strictObject({ reviewed_on: day, review_by: day, reviewer: line(80) });

export const rule = z
  .strictObject({
    id: id.describe('stable for ever, never reused'),
    title: line(60),
    verdict: z.enum(VERDICTS),
    basis: z.enum(BASES),
    certainty: z.enum(CERTAINTIES),
    answer: line(230).describe('at most two short sentences, as a person reads them on a phone'),
    detail: line(600).optional(),
    instead: z.array(line(90)).min(1).max(3).describe('what is allowed instead, or what to do next'),
    conditions: z.array(line(100)).max(4).default([]),
    positions: z.array(position).default([]).describe('who says what, where officials disagree'),
    safe_advice: line(140).optional(),
    by_stage: z.partialRecord(z.enum(STAGES), variant).default({}),
    by_actor: z.partialRecord(z.enum(ACTORS), variant).default({}),
    sanctions: z.array(sanction).default([]),
    citations: z.array(citation).min(1).max(5),
    aliases: z.array(line(40, 2)).min(2).max(8),
    related: z.array(id).min(2).max(4),
    tests: z.strictObject({
      positive: z.array(line(300)).min(3),
      negative: z.array(z.strictObject({ text: line(300), rule: id })).min(1),
    }),
    valid_from: day.optional(),
    valid_until: day.optional(),
    review: review.optional().describe("only where it differs from the file's"),
  })
  .superRefine((value, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (value.verdict === 'conditional' && value.conditions.length < 2)
      say('conditions', 'verdict `conditional` needs at least two conditions: write under which the act is allowed');
    const disputed = value.verdict === 'disputed' || value.basis === 'disputed';
    if (disputed && value.positions.length < 2)
      say('positions', 'officials disagree here: write at least two positions { who, when, says }');
    if (disputed && value.safe_advice === undefined)
      say('safe_advice', 'officials disagree here: write the safe advice');
    if (value.basis === 'inference' && value.certainty !== 'inference')
      say('certainty', 'basis `inference` is our own reasoning: certainty must be `inference` too');
    if (sentences(value.answer) > 2) say('answer', 'the answer has more than two sentences: move the rest to `detail`');
  });

export const rulesFile = z.strictObject({ topic: id, review, rules: z.array(rule).min(1) });

export const regulationsFile = z.array(
  z.strictObject({
    id,
    short: line(60),
    title: line(400),
    year: z.int().min(1945).max(2100),
    since: day.optional(),
    status: z.enum(['in-force', 'repealed', 'event-bound']),
    status_certainty: z.enum(['confirmed', 'from-memory']).default('confirmed'),
    repealed_by: id.optional(),
    note: line(300).optional(),
    articles: z.record(
      z.string(),
      z.strictObject({ says: line(300), certainty: z.enum(['confirmed', 'press', 'from-memory']) }),
    ),
  }),
);

export const authoritiesFile = z.strictObject({
  authorities: z.array(
    z.strictObject({
      id,
      name: line(80),
      does: line(240),
      from: day.optional(),
      until: day.optional(),
      succeeded_by: z.array(id).default([]),
      certainty: z.enum(['confirmed', 'press', 'from-memory']),
    }),
  ),
  channels: z.array(
    z.strictObject({
      id,
      name: line(80),
      authority: id,
      kind: z.enum(['web', 'email', 'sms', 'app', 'visit']),
      address: line(120),
      use_for: line(240),
      anonymous: z.enum(['no', 'option', 'tip-only']),
      seen_on: z.string().min(4),
      certainty: z.enum(['confirmed', 'press', 'from-memory']),
    }),
  ),
  deadlines: z.array(
    z.strictObject({
      id,
      title: line(80),
      text: line(240),
      citations: z.array(citation).min(1),
      counted: z.enum(['calendar', 'working']),
      days: z.int(),
    }),
  ),
});

export const stagesFile = z.strictObject({
  stages: z
    .array(
      z.strictObject({
        id: z.enum(STAGES),
        title: line(60),
        short: line(40),
        says: line(240),
        words: z.array(z.string().min(2)).min(1).describe('how people name the stage; vocabulary is applied first'),
      }),
    )
    .length(STAGES.length),
  elections: z.array(
    z.strictObject({
      id,
      title: line(80),
      kind: z.enum(['pemilu', 'pilkada']),
      source: line(160),
      note: line(240).optional(),
      dates: z.array(
        z.strictObject({
          stage: z.enum(STAGES),
          title: line(60),
          from: day,
          until: day,
          certainty: z.enum(['confirmed', 'from-memory']),
        }),
      ),
    }),
  ),
});

export const actorsFile = z.array(
  z.strictObject({
    id: z.enum(ACTORS),
    title: line(40),
    words: z.array(z.string().min(2)).min(1),
    default: line(240),
    citations: z.array(citation).min(1),
  }),
);

export const topicsFile = z.array(
  z.strictObject({ id, title: line(32).describe('short enough for a button'), about: line(120) }),
);

export const vocabularyFile = z.strictObject({
  words: z.record(z.string(), z.array(z.string().min(1))),
  phrases: z.record(z.string(), z.array(z.string().min(2))),
  concepts: z.record(id, z.array(z.string().min(2))),
  cues: z.strictObject({
    sanctions: z.array(z.string()).describe('words of a follow-up that asks only for the sanction'),
    citations: z.array(z.string()),
    'not-this': z.array(z.string()),
    'follow-on': z.array(z.string()).describe('first words of a follow-up: "kalau", "terus"'),
    filler: z.array(z.string()).describe('words that add nothing to a follow-up'),
    acts: z.array(z.string()).describe('words that name an act; two of them joined make two questions'),
    joiners: z.array(z.string()),
  }),
});

/** Training texts: rule id -> writer -> texts. Who wrote what is kept because accuracy is measured by leaving one writer out. */
export const utterancesFile = z.record(id, z.record(z.string(), z.array(z.string().min(1))));

const outOfScopeClass = z.strictObject({
  id,
  kind: z
    .enum(['pointer', 'refusal', 'danger', 'smalltalk', 'command', 'follow-up'])
    .describe('what the conversation does with it'),
  title: line(60),
  reply: z.string().trim().min(3).max(700),
  suggest: z.array(id).default([]).describe('rules offered below the reply'),
  always: z
    .array(z.string().min(4))
    .default([])
    .describe('phrases that decide for this class whatever else the message says'),
});
export const outOfScopeFile = z.array(outOfScopeClass);

/** Every sentence that the bot says and that is no rule: key -> text, with `{name}` for values. */
export const wordingFile = z.record(z.string(), z.string());
