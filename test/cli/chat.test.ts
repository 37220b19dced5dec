/** `npm run chat` with its input from a pipe. */
import { expect, test } from 'vitest';
import { run } from '../support/run-program.ts';
import { smallEnvironment } from '../support/small-environment.ts';

const chat = async (...lines: string[]) =>
  run('src/cli/chat.ts', [], { input: lines.join('\n'), env: (await smallEnvironment()).env });

test('greets, answers line by line, remembers the last answer, and ends at "keluar"', async () => {
  const { code, stdout } = await chat(
    'boleh menyukai unggahan calon?',
    '',
    'sanksinya apa?',
    '1',
    'keluar',
    '/kalender',
  );
  expect(code).toBe(0);
  const turns = stdout.split('\n> ');
  expect(turns[0]).toContain('Tanya Netral');
  expect(turns[1]).toContain('⛔ TIDAK BOLEH\nMenyukai unggahan calon');
  expect(turns[1]).toContain('1. Sanksi & dasar');
  expect(stdout).toContain('hukuman disiplin berat');
  // "1" is the first choice below the details: the first related rule
  expect(turns.at(-2)).toContain('Membagikan info resmi KPU');
  expect(stdout).not.toContain(String.fromCharCode(27));
});
