/** The answer card: one rule as a person reads it on a phone. */
import type { Knowledge } from '../knowledge/load.ts';
import type { Actor, Citation, Rule, Sanction, Stage, Verdict } from '../knowledge/schema.ts';
import { ASN_ACTORS, DISCIPLINE_LEVELS } from '../knowledge/terms.ts';
import { plain } from './message.ts';

/** Longest card, in UTF-16 units: about one and a half phone screens. `npm run check` holds every rule to it, in every situation. */
export const MAX_CARD = 899;

/** What is known about the person and the moment; from the question itself or from the settings. */
export interface Situation {
  readonly actor?: Actor | undefined;
  readonly stage?: Stage | undefined;
}

const HEADS: Record<Verdict, string> = {
  allowed: '✅ **BOLEH**',
  forbidden: '⛔ **TIDAK BOLEH**',
  conditional: '🟡 **BOLEH DENGAN SYARAT**',
  depends: '🟠 **TERGANTUNG**',
  disputed: '⚖️ **PEJABAT BERBEDA PENDAPAT**',
  info: 'ℹ️ **INFO**',
};

/** How a verdict is said inside a sentence. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  allowed: 'boleh',
  forbidden: 'tidak boleh',
  conditional: 'boleh dengan syarat',
  depends: 'tergantung',
  disputed: 'diperdebatkan',
  info: 'info',
};

/** The verdict where the situation changes it: the actor's counts more than the stage's. */
export function verdictFor(rule: Rule, situation: Situation): Verdict {
  return (
    (situation.actor && rule.by_actor[situation.actor]?.verdict) ??
    (situation.stage && rule.by_stage[situation.stage]?.verdict) ??
    rule.verdict
  );
}

/** How many of each list a card shows. */
interface Room {
  readonly citations: number;
  readonly instead: number;
  readonly sanctions: number;
}

/** From the whole card to the least: what is left out first is what the details say too. */
const ROOMS: readonly [Room, ...Room[]] = [
  { citations: 3, instead: 2, sanctions: 2 },
  { citations: 2, instead: 2, sanctions: 2 },
  { citations: 1, instead: 2, sanctions: 2 },
  { citations: 1, instead: 1, sanctions: 2 },
  { citations: 1, instead: 1, sanctions: 1 },
  { citations: 1, instead: 0, sanctions: 1 },
];

/**
 * The card of a rule, with a line for the situation where one is known. Where that line would make it longer than {@link MAX_CARD}, the
 * card cites less, then advises less: verdict, answer, conditions and positions always stand.
 */
export function card(rule: Rule, knowledge: Knowledge, situation: Situation = {}): string {
  const whole = cardIn(ROOMS[0], rule, knowledge, situation);
  // without a situation nothing is left out: `npm run check` asks the curator to shorten instead
  if (situation.actor === undefined && situation.stage === undefined) return whole;
  let text = whole;
  for (let i = 1; i < ROOMS.length && plain(text).length > MAX_CARD; i++)
    text = cardIn(ROOMS[i] as Room, rule, knowledge, situation);
  return text;
}

function cardIn(room: Room, rule: Rule, knowledge: Knowledge, situation: Situation): string {
  const lines = [HEADS[verdictFor(rule, situation)], `**${rule.title}**`, '', rule.answer];
  if (rule.basis === 'inference')
    lines.push('', '💭 Tidak ada aturan yang tegas soal ini; jawaban ini penalaran dari aturan umum.');
  if (rule.certainty === 'from-memory')
    lines.push('', '❔ Dasarnya belum kami pastikan; tanyakan ke BKPSDM atau Bawaslu.');
  if (rule.positions.length > 0) {
    lines.push('', '⚖️ Pejabat berbeda pendapat:');
    for (const { who, when, says } of rule.positions) lines.push(`• ${who} (${when}): ${says}`);
  }
  if (rule.safe_advice) lines.push(`🛟 Amannya: ${rule.safe_advice}`);
  if (rule.conditions.length > 0) lines.push('', '✔️ Syaratnya:', ...rule.conditions.map((text) => `• ${text}`));
  const instead = rule.instead.slice(0, room.instead);
  if (instead.length > 0) lines.push('', insteadHead(rule), ...instead.map((text) => `• ${text}`));
  const note = situationNote(rule, knowledge, situation);
  if (note.length > 0) lines.push('', ...note);
  const sanctions = cardSanctions(rule, situation).slice(0, room.sanctions);
  if (sanctions.length > 0)
    lines.push('', ...sanctions.map((text, i) => (i === 0 ? `⚠️ Sanksi: ${text}` : `• ${text}`)));
  lines.push(
    '',
    `📖 Dasar: ${rule.citations
      .slice(0, room.citations)
      .map((entry) => shortCitation(entry, knowledge))
      .join('; ')}`,
  );
  return lines.join('\n');
}

function insteadHead(rule: Rule): string {
  return rule.verdict === 'info' ? '👉 Langkahnya:' : rule.verdict === 'forbidden' ? '✅ Yang boleh:' : '👉 Sarannya:';
}

/** The lines "👤 PPPK: ..." and "🗓️ Masa tenang: ...". */
function situationNote(rule: Rule, knowledge: Knowledge, { actor, stage }: Situation): string[] {
  const lines: string[] = [];
  if (stage && rule.by_stage[stage]) {
    const title = knowledge.stages.stages.find(({ id }) => id === stage)?.title ?? stage;
    lines.push(stageNote(title, rule.by_stage[stage].text, actor));
  }
  if (actor) lines.push(`👤 ${actorNote(rule, knowledge, actor)}`);
  return lines;
}

/** What holds at a stage. Rules tell it for civil servants, and others are told so. */
export const stageNote = (title: string, text: string, actor: Actor | undefined): string =>
  `🗓️ ${title}${isCivilServant(actor) ? '' : ' (untuk ASN)'}: ${text}`;

/** What a rule says to one kind of person: its own text, or what holds for them in general where the rule forbids something. */
export function actorNote(rule: Rule, knowledge: Knowledge, actor: Actor): string {
  const entry = knowledge.actors.get(actor);
  const own = rule.by_actor[actor]?.text;
  const general = hasGeneralNote(rule) ? entry?.default : undefined;
  return `${entry?.title ?? actor}: ${own ?? general ?? knowledge.wording['actors.same']?.trim() ?? ''}`;
}

/** "The same ban holds for you" makes sense below a ban, not below a permission, an explanation, or a rule about another status. */
export const hasGeneralNote = (rule: Rule): boolean =>
  rule.topic !== 'status' && !['allowed', 'info'].includes(rule.verdict);

const CIVIL_SERVANTS: ReadonlySet<Actor> = new Set(ASN_ACTORS);
const DISCIPLINE: ReadonlySet<Sanction['level']> = new Set(DISCIPLINE_LEVELS);

/** Who does not say what they are is taken for one. */
const isCivilServant = (actor: Actor | undefined): boolean => actor === undefined || CIVIL_SERVANTS.has(actor);

/**
 * The sanctions that may concern this person. To others than civil servants their discipline does not apply: what happens to them, their
 * own note says. A rule about one status speaks of its own sanctions.
 */
export const sanctionsFor = (rule: Rule, actor: Actor | undefined): readonly Sanction[] =>
  isCivilServant(actor) || rule.topic === 'status'
    ? rule.sanctions
    : rule.sanctions.filter((one) => one.actor === actor || (!one.actor && !DISCIPLINE.has(one.level)));

/** At most two sanctions for the card: those of the known situation, else the first two. */
function cardSanctions(rule: Rule, { actor, stage }: Situation): string[] {
  const possible = sanctionsFor(rule, actor);
  const fitting = possible.filter(
    (s) => (!s.actor || s.actor === (actor ?? 'pns')) && (!stage || !s.stage || s.stage === stage),
  );
  const chosen = (fitting.length > 0 ? fitting : possible).slice(0, 2);
  return chosen.map((entry) => withStage(entry));
}

const STAGE_PREFIX: Record<Stage, string> = {
  outside: 'Di luar tahapan',
  prospective: 'Sebelum calon ditetapkan',
  candidate: 'Sesudah calon ditetapkan',
  quiet: 'Masa tenang',
  voting: 'Hari pencoblosan',
  after: 'Sesudah pencoblosan',
};

/** "Sesudah calon ditetapkan: hukuman disiplin berat." */
function withStage({ stage, text }: Sanction): string {
  const rest = /^(?!Pemilu|Pilkada)[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
  return stage ? `${STAGE_PREFIX[stage]}: ${rest}` : text;
}

/** "SKB 5 lembaga 2022 Lamp. II disiplin no. 6", with "(perlu dicek)" where we are not sure of it. */
export function shortCitation(citation: Citation, knowledge: Knowledge): string {
  if ('statement' in citation) return `${citation.statement} (${citation.date})`;
  const regulation = knowledge.regulations.get(citation.regulation);
  const article = regulation?.articles[citation.at];
  const place = citation.at === 'isi' ? '' : ` ${citation.at}`;
  const doubt = article?.certainty === 'from-memory' ? ' (perlu dicek)' : '';
  const successor = citation.successor ? `, kini ${shortCitation(citation.successor, knowledge)}` : '';
  return `${regulation?.short ?? citation.regulation}${place}${doubt}${successor}`;
}

/** The long view: why, every sanction, every citation with what it says, who reviewed it. */
export function details(rule: Rule, knowledge: Knowledge): string {
  const lines = [`**${rule.title}** (${VERDICT_WORDS[rule.verdict]})`];
  if (rule.detail) lines.push('', rule.detail);
  if (rule.sanctions.length > 0) {
    lines.push('', '⚠️ **Sanksi**');
    for (const entry of rule.sanctions) {
      const who = entry.actor ? `${knowledge.actors.get(entry.actor)?.title ?? entry.actor}. ` : '';
      const basis = entry.citations.map((c) => shortCitation(c, knowledge)).join('; ');
      lines.push(`• ${who}${withStage(entry)}${basis ? ` (${basis})` : ''}`);
    }
    if (rule.sanctions.some(({ level }) => level === 'medium'))
      lines.push(
        'Hukuman sedang menurut PP 94/2021 potongan tukin 25%; dalam masa peralihan dapat berupa tunda gaji berkala, tunda pangkat, atau turun pangkat 1 tahun.',
      );
    if (rule.sanctions.some(({ level }) => level === 'criminal'))
      lines.push('Besaran pidana disesuaikan UU 1/2026 sejak 2 Januari 2026 dan perlu dipastikan.');
  }
  const stages = Object.entries(rule.by_stage) as Array<[Stage, { text: string }]>;
  if (stages.length > 0) {
    lines.push('', '🗓️ **Menurut tahap**');
    for (const { id, title } of knowledge.stages.stages) {
      const found = stages.find(([stage]) => stage === id);
      if (found) lines.push(`• ${title}: ${found[1].text}`);
    }
  }
  lines.push('', '📖 **Dasar**');
  for (const entry of rule.citations) lines.push(`• ${longCitation(entry, knowledge)}`);
  lines.push(
    '',
    `Diperiksa ${rule.review.reviewed_on} oleh ${rule.review.reviewer}. Ini penjelasan, bukan keputusan resmi.`,
  );
  return lines.join('\n');
}

function longCitation(citation: Citation, knowledge: Knowledge): string {
  if ('statement' in citation) {
    return `${citation.statement}, ${citation.date}${citation.says ? `: ${citation.says}` : ''}${citation.url ? `\n  ${citation.url}` : ''}`;
  }
  const article = knowledge.regulations.get(citation.regulation)?.articles[citation.at];
  const source = article?.certainty === 'press' ? ' [dikutip dari pemberitaan atau laman resmi]' : '';
  return `${shortCitation(citation, knowledge)}: ${article?.says ?? ''}${source}`;
}
