import type { Knowledge } from '../load.ts';
import type { Problem } from '../problem.ts';
import type { Rule } from '../schema.ts';
import { inRule } from './at.ts';

/** Words that show that a sentence speaks of the past or of the end of an authority. */
const PAST =
  /^dulu\b|KASN (?:dulu|dahulu)|\b(?:waktu itu|saat itu|pernah|sudah tidak|tidak lagi|bubar|bubarnya|dibubarkan|dihapus|bukan lagi|sejak \w+ \d{4}|19\d\d|20[01]\d|202[0-4]|menggantikan|dialihkan|pengganti|peralihan|era)\b/i;

/** An authority that has ended (KASN, since September 2024) named as if it were still there. */
export function presentAuthority(knowledge: Knowledge): Problem[] {
  const ended = knowledge.authorities.authorities
    .filter(({ until }) => until !== undefined)
    .map(({ id }) => id.toUpperCase());
  if (ended.length === 0) return [];
  const named = new RegExp(`\\b(?:${ended.join('|')})\\b`);
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    for (const [path, text] of texts(rule)) {
      if (!named.test(text)) continue;
      const bad = text.split(/(?<=[.?!;])\s+/).find((sentence) => named.test(sentence) && !PAST.test(sentence));
      if (bad !== undefined)
        out.push(
          inRule(knowledge, rule.id, path, {
            check: 'present-authority',
            message: `names an authority that no longer exists as if it did: "${bad.slice(0, 80)}"`,
            repair: 'name who does it today (BKN; see authorities.yaml), or give the year of the statement',
          }),
        );
    }
  }
  return out;
}

/** The texts in which an authority would be understood as a present one. Positions and statements carry their own date. */
function texts(rule: Rule): Array<readonly [ReadonlyArray<string | number>, string]> {
  return [
    [['title'], rule.title],
    [['answer'], rule.answer],
    [['detail'], rule.detail ?? ''],
    [['safe_advice'], rule.safe_advice ?? ''],
    ...rule.instead.map((text, i) => [['instead', i], text] as const),
    ...rule.conditions.map((text, i) => [['conditions', i], text] as const),
    ...rule.sanctions.map((entry, i) => [['sanctions', i, 'text'], entry.text] as const),
    ...Object.entries(rule.by_stage).map(([key, entry]) => [['by_stage', key], entry.text] as const),
    ...Object.entries(rule.by_actor).map(([key, entry]) => [['by_actor', key], entry.text] as const),
  ];
}
