/** The card as each kind of official reads it, from the real rule base. */
import { describe, expect, test } from 'vitest';
import { card, MAX_CARD, type Situation } from '../../src/conversation/card.ts';
import { plain } from '../../src/conversation/message.ts';
import { KNOWLEDGE_FOLDER, loadKnowledge } from '../../src/knowledge/load.ts';
import { ACTORS, STAGES } from '../../src/knowledge/schema.ts';

const knowledge = loadKnowledge(KNOWLEDGE_FOLDER);

function shown(id: string, situation: Situation = {}): string {
  const rule = knowledge.rules.get(id);
  if (!rule) throw new Error(`no rule ${id}`);
  return card(rule, knowledge, situation);
}

test('no card is too long for a phone, whoever asks and whenever', () => {
  const long: string[] = [];
  for (const rule of knowledge.rules.values()) {
    for (const actor of [undefined, ...ACTORS]) {
      for (const stage of [undefined, ...STAGES]) {
        const { length } = plain(card(rule, knowledge, { actor, stage }));
        if (length > MAX_CARD) long.push(`${rule.id} ${actor} ${stage}: ${length}`);
      }
    }
  }
  expect(long).toEqual([]);
});

test('a situation that does not fit costs citations and advice, never the answer, its conditions or the positions', () => {
  const rule = knowledge.rules.get('cltn-pasangan');
  const text = shown('cltn-pasangan', { actor: 'bumn', stage: 'candidate' });
  expect(text).toContain(rule?.answer);
  for (const { says } of rule?.positions ?? []) expect(text).toContain(says);
  expect(text).toContain('👤 Pegawai BUMN / BUMD:');
  expect(text).toContain('🗓️');
  expect(text).toContain('📖 Dasar:');
});

describe('sanctions are those of the person who asks', () => {
  test.each(['pns', 'cpns', 'pppk'] as const)('%s: the discipline of civil servants', (actor) => {
    expect(shown('medsos-like', { actor })).toContain('hukuman disiplin berat');
  });

  test.each(['kades', 'perangkat-desa', 'bpd', 'honorer', 'tni-polri', 'bumn'] as const)(
    '%s: not that, but what their own note says',
    (actor) => {
      const text = shown('medsos-like', { actor });
      expect(text).not.toMatch(/disiplin berat|sanksi moral/i);
      expect(text).toContain(`👤 ${knowledge.actors.get(actor)?.title}: `);
    },
  );

  test('what a stage means for civil servants is said to be theirs', () => {
    const text = shown('medsos-like', { actor: 'kades', stage: 'candidate' });
    expect(text).toMatch(/🗓️ .+ \(untuk ASN\): Menjadi pelanggaran disiplin/);
    expect(shown('medsos-like', { actor: 'pns', stage: 'candidate' })).not.toContain('(untuk ASN)');
    expect(shown('medsos-like', { stage: 'candidate' })).not.toContain('(untuk ASN)');
  });

  test('"Pemilu" and "Pilkada" stay names behind the stage', () => {
    expect(shown('tim-sukses', { actor: 'kades' })).toContain('Sesudah calon ditetapkan: Pemilu: ');
  });

  test('what is threatened to everybody stays', () => {
    expect(shown('beri-uang', { actor: 'kades' })).toContain('Ps 187A');
  });

  test('a rule about a status keeps the sanctions of that status', () => {
    expect(shown('status-honorer', { actor: 'honorer' })).toContain('pemutusan kontrak');
    expect(shown('kades-perangkat', { actor: 'kades' })).toContain('⚠️ Sanksi');
  });
});
