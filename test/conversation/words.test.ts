/** Short words that steer a flow, and whole messages that open one: what counts, and what must stay a question or a story. */
import { describe, expect, test } from 'vitest';
import { parseReportAct } from '../../src/conversation/report-act.ts';
import { beginsAsReport, means, opener } from '../../src/conversation/words.ts';

describe('a message that opens a flow', () => {
  test.each([
    ['lapor', '/lapor'],
    ['LAPOR!!', '/lapor'],
    ['mau lapor dong min', '/lapor'],
    ['saya ingin melapor', '/lapor'],
    ['mau laporin pelanggaran nih', '/lapor'],
    ['bikin laporan', '/lapor'],
    ['cek laporan', '/cek'],
    ['cek lapor', '/cek'],
    ['min mau cek status laporan saya', '/cek'],
    ['status laporan', '/cek'],
    ['lihat balasan laporan ya', '/cek'],
    ['tanya petugas', '/petugas'],
    ['mau ngobrol langsung sama petugasnya dong', '/petugas'],
  ])('%s', (text, command) => expect(opener(text)).toBe(command));

  test.each([
    'lapor ke mana?',
    'boleh lapor?',
    'cara melapor gimana',
    'saya mau lapor atasan saya yang ikut kampanye',
    'kalau ketahuan dilaporkan gimana',
    'laporan keuangan kampanye itu apa',
    'petugas TPS boleh pakai baju partai',
    'cek KTP dukungan calon',
  ])('not: %s', (text) => expect(opener(text)).toBeUndefined());
});

describe('a message that begins as a report', () => {
  test.each(['mau lapor kepsek maksa guru dukung paslon', 'min laporin camat bagi sembako dong', 'lapor ke mana?'])(
    '%s',
    (text) => expect(beginsAsReport(text)).toBe(true),
  );
  test.each(['saya dilaporkan tetangga', 'laporan keuangan kampanye itu apa', 'atasan saya minta lapor tiap pagi'])(
    'not: %s',
    (text) => expect(beginsAsReport(text)).toBe(false),
  );
});

describe('a word that steers', () => {
  test.each([
    ['lanjuttt', 'next'],
    ['udah ya', 'next'],
    ['/lanjut', 'next'],
    ['Lewati aja.', 'skip'],
    ['ga tau', 'skip'],
    ['balik', 'back'],
    ['gajadi deh', 'cancel'],
    ['nggak ada lagi', 'none'],
    ['iya kak', 'yes'],
    ['👍', 'yes'],
    ['makasih ya min', 'thanks'],
  ] as const)('%s is %s', (text, word) => expect(means(text, word)).toBe(true));

  test.each([
    'batak',
    'lanjut cerita tadi',
    'dia bilang kirim uangnya',
    'tidak netral',
    'camat',
    'ya Allah tolong',
    '',
  ])('not: %s', (text) =>
    expect(
      means(text, 'next', 'skip', 'none', 'back', 'cancel', 'send', 'yes', 'edit', 'clear', 'discard', 'start', 'end'),
    ).toBe(false),
  );
});

describe('a button of a report', () => {
  test.each([
    ['', { to: 'open' }],
    ['mulai', { to: 'begin' }],
    ['ubah', { to: 'edit' }],
    ['ubah who', { to: 'part', part: 'who' }],
    ['hapus files', { to: 'clear', part: 'files' }],
    ['provinsi 3', { to: 'provinces', page: 3 }],
    ['wilayah 32', { to: 'province', code: '32', page: 1, whole: false }],
    ['wilayah 32 saja', { to: 'province', code: '32', page: 1, whole: true }],
    ['wilayah 32.73', { to: 'region', code: '32.73' }],
  ])('/lapor %s', (rest, act) => expect(parseReportAct(rest)).toEqual(act));

  test.each([
    'atasan saya kampanye',
    'mulai dari camat',
    'wilayah',
    'wilayah 3273',
    'hapus',
    'ubah camat',
    '__proto__',
  ])('not: /lapor %s', (rest) => expect(parseReportAct(rest)).toEqual({ to: 'unknown' }));
});
