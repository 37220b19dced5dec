import type { FastifyReply } from 'fastify';
import type { Failure } from './contract.ts';

const REFUSALS: Readonly<Record<Failure['why'], readonly [status: number, error: string]>> = {
  'bad-request': [400, 'Permintaan tidak terbaca. Muat ulang halaman, lalu coba lagi.'],
  'no-session': [401, 'Sesi Anda sudah berakhir. Silakan masuk lagi.'],
  wrong: [401, 'Nama masuk, frasa sandi, atau kode salah.'],
  forbidden: [403, 'Akun Anda tidak boleh melakukan ini.'],
  'not-found': [404, 'Tidak ditemukan, atau bukan untuk kantor Anda.'],
  stale: [409, 'Baru saja diubah orang lain. Muat ulang, lalu periksa lagi.'],
  taken: [409, 'Nama masuk itu sudah dipakai. Pilih yang lain.'],
  state: [409, 'Dengan statusnya sekarang ini tidak bisa dilakukan.'],
  'last-reader': [409, 'Ada kasus yang lalu tidak bisa dibaca siapa pun.'],
  locked: [423, 'Terlalu banyak salah. Tunggu dulu, lalu coba lagi.'],
  'slow-down': [429, 'Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.'],
  failed: [500, 'Maaf, ada gangguan di pihak kami. Coba lagi.'],
};

/** Answers with a {@link Failure}. @param wait milliseconds after which it is worth another try */
export function refuse(reply: FastifyReply, why: Failure['why'], wait?: number): FastifyReply {
  const [status, error] = REFUSALS[why];
  if (wait !== undefined) reply.header('retry-after', Math.ceil(wait / 1000));
  return reply.status(status).send({ error, why } satisfies Failure);
}

/** The same, where more can be said than holds for every case. */
export function refuseBecause(reply: FastifyReply, why: Failure['why'], error: string): FastifyReply {
  const [status] = REFUSALS[why];
  return reply.status(status).send({ error, why } satisfies Failure);
}
