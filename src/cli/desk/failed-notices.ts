import { triedNotices } from '../../store/reports/notices.ts';
import type { DeskSession } from './session.ts';

const WAYS: Readonly<Record<string, string>> = { telegram: 'Telegram', mail: 'surel' };

/** What the inbox says of notices that do not get through: officers would otherwise wait for them. */
export async function failedNotices(session: DeskSession): Promise<readonly string[]> {
  return (await triedNotices(await session.database())).map(
    ({ id, attempts }) =>
      `Pemberitahuan lewat ${WAYS[id] ?? id} belum sampai (${attempts} kali dicoba). Periksa pengaturannya dengan pengelola.`,
  );
}
