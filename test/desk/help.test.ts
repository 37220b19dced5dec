/** The help and the officers' guide say what the commands take. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpOf } from '../../src/cli/desk/command.ts';
import { COMMANDS, overview } from '../../src/cli/desk/commands.ts';
import { EXIT } from '../../src/desk/errors.ts';
import { PROJECT } from '../support/run-program.ts';

const guide = readFileSync(join(PROJECT, 'docs/panduan-petugas.md'), 'utf8');

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  '%s: every option is explained',
  (name, command) => {
    const help = helpOf(command);
    expect(help).toContain(`Pemakaian: ${name}`);
    for (const option of Object.keys(command.options))
      expect([option, help.includes(`--${option}`)]).toEqual([option, true]);
    expect(overview()).toContain(`  ${name} `);
  },
);

test('the guide names every command, and the exit statuses as they are', () => {
  for (const { name } of COMMANDS) expect([name, guide.includes(name)]).toEqual([name, true]);
  for (const status of Object.values(EXIT)) expect(guide).toMatch(new RegExp(`Status keluar:[^.]*\\b${status} `));
});
