/** A tiny rule base on disk that tests may break: three rules, one topic, a few training texts. Everything else is the real thing. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KNOWLEDGE_FOLDER } from '../../src/knowledge/load.ts';

export const RULES = `topic: medsos
review: { reviewed_on: 2026-01-01, review_by: 2099-01-01, reviewer: penguji }
rules:
  - id: suka-unggahan
    title: Menyukai unggahan calon
    verdict: forbidden
    basis: rule
    certainty: confirmed
    answer: Jangan, menyukai unggahan calon menunjukkan keberpihakan.
    instead: [Baca saja tanpa menekan apa pun]
    sanctions:
      - { stage: candidate, level: heavy, text: Hukuman disiplin berat., citations: [{ regulation: pp-94-2021, at: Ps 14 huruf i }] }
    citations: [{ regulation: skb-2022, at: Lamp. II disiplin no. 6 }]
    aliases: [suka unggahan, jempol calon]
    related: [info-kpu, jadwal]
    tests:
      positive: [bolehkah menyukai unggahan calon bupati, kasih jempol ke unggahan paslon, menyukai unggahan calon gubernur]
      negative: [{ text: membagikan info jadwal dari kpu, rule: info-kpu }]
  - id: info-kpu
    title: Membagikan info resmi KPU
    verdict: allowed
    basis: official
    certainty: confirmed
    answer: Boleh, info tahapan dari KPU tidak memihak.
    instead: [Bagikan apa adanya]
    citations: [{ statement: KPU, date: "2024" }]
    aliases: [info kpu, bagikan jadwal]
    related: [suka-unggahan, jadwal]
    tests:
      positive: [boleh membagikan info dari kpu, sebar pengumuman tahapan kpu, membagikan pengumuman kpu ke grup]
      negative: [{ text: menyukai unggahan calon, rule: suka-unggahan }]
  - id: jadwal
    title: Jadwal pemilu berikutnya
    verdict: info
    basis: official
    certainty: confirmed
    answer: Pemilu nasional berikutnya tahun 2029.
    instead: [Cek web KPU]
    citations: [{ regulation: mk-135-2024, at: amar }]
    aliases: [kapan pemilu, tanggal pemilu]
    related: [info-kpu, suka-unggahan]
    tests:
      positive: [kapan pemilu berikutnya, pemilu selanjutnya tahun berapa, kapan ada pemilu lagi]
      negative: [{ text: menyukai unggahan calon, rule: suka-unggahan }]
`;

const texts = (lines: readonly string[]): string => lines.map((text) => `    - ${JSON.stringify(text)}`).join('\n');

export const UTTERANCES = `suka-unggahan:
  a:
${texts(['boleh suka unggahan calon', 'kalau jempol unggahan paslon gimana', 'saya pencet suka di foto cabup', 'like unggahan caleg boleh', 'menyukai postingan calon itu salah', 'jempolin status calon wali kota', 'suka foto kampanye paslon dua'])}
  b:
${texts(['tekan hati di video calon', 'apakah menyukai unggahan cagub dilarang', 'cuma like doang di unggahan calon', 'unggahan calon saya beri jempol', 'kasih tanda suka ke paslon'])}
info-kpu:
  a:
${texts(['boleh bagikan info kpu', 'sebar jadwal resmi dari kpu', 'teruskan pengumuman kpu ke grup keluarga', 'bagikan poster sosialisasi kpu', 'kirim info tahapan dari kpu', 'share pengumuman resmi penyelenggara', 'menyebarkan info cara memilih dari kpu'])}
  b:
${texts(['unggah info resmi kpu di status', 'info dari kpu boleh disebar', 'ikut menyebarkan tahapan kpu', 'pengumuman kpu saya bagikan', 'boleh sebarkan sosialisasi kpu'])}
jadwal:
  a:
${texts(['kapan pemilu lagi', 'pemilu berikutnya kapan', 'tahun berapa pemilu selanjutnya', 'tanggal pemilu berikutnya', 'kapan pilkada lagi', 'pilkada selanjutnya tahun berapa', 'jadwal pemilu nasional kapan'])}
  b:
${texts(['kapan kita nyoblos lagi', 'tahun depan ada pemilu', 'berapa tahun lagi pemilu', 'kapan tahapan pemilu mulai', 'pemilu dua ribu berapa'])}
`;

export const OUT_UTTERANCES = `greeting:
  a:
${texts(['halo', 'selamat pagi', 'assalamualaikum', 'hai min'])}
other-subjects:
  a:
${texts(['cuaca besok bagaimana', 'resep rendang enak', 'skor bola tadi malam', 'harga beras hari ini'])}
`;

export interface SmallKnowledge {
  readonly folder: string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Replaces text in a file; fails where it is not there. */
  edit(file: string, from: string, to: string): void;
  remove(): void;
}

export function smallKnowledge(): SmallKnowledge {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-knowledge-'));
  for (const file of ['regulations', 'authorities', 'stages', 'actors', 'vocabulary', 'topics', 'wording']) {
    cpSync(join(KNOWLEDGE_FOLDER, `${file}.yaml`), join(folder, `${file}.yaml`));
  }
  mkdirSync(join(folder, 'rules'));
  mkdirSync(join(folder, 'utterances'));
  const out = `- { id: greeting, kind: smalltalk, title: Sapaan, reply: Halo. }\n- { id: other-subjects, kind: pointer, title: Di luar topik, reply: Itu di luar yang saya pahami. }\n`;
  const files: SmallKnowledge = {
    folder,
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    edit(file, from, to) {
      const before = files.read(file);
      if (!before.includes(from)) throw new Error(`${file} does not contain ${from}`);
      files.write(file, before.replace(from, to));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  files.write('out-of-scope.yaml', out);
  files.write('rules/medsos.yaml', RULES);
  files.write('utterances/medsos.yaml', UTTERANCES);
  files.write('utterances/out-of-scope.yaml', OUT_UTTERANCES);
  return files;
}
