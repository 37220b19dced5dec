import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeName } from '../../src/desk/safe-name.ts';

test.each([
  ['rapat kelurahan.jpg', 'image/jpeg', '01-rapat_kelurahan.jpg'],
  ['../../etc/passwd', 'text/plain', '01-passwd.txt'],
  ['..\\..\\Startup\\jalan.exe', 'application/pdf', '01-jalan.pdf'],
  ['foto.jpg.exe', 'image/jpeg', '01-foto_jpg.jpg'],
  ['virus.exe', 'application/x-msdownload', '01-virus.bin'],
  ['CON', 'image/png', '01-berkas.png'],
  ['-rf', 'image/png', '01-rf.png'],
  ['', 'image/png', '01-berkas.png'],
  ['\u202egpj.a\x1b[2J', 'image/png', '01-gpj_a_2J.png'],
  ['Surat Édaran 中文.pdf', 'application/pdf', '01-Surat_Édaran_中文.pdf'],
  ['suara.ogg', 'audio/ogg; codecs=opus', '01-suara.ogg'],
])('%j of %s is saved as %s', (name, type, saved) => {
  expect(safeName(name, type, 1)).toBe(saved);
});

test('whatever the name: one file in the folder, with one ending, not hidden, not an option', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      expect(safeName(name, 'image/jpeg', 12)).toMatch(/^12-[\p{L}\p{N}_-]{1,60}\.jpg$/u);
    }),
  );
});
