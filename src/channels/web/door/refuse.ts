import type { FastifyReply } from 'fastify';
import type { Failure, Why } from './contract.ts';

const REFUSALS: Readonly<Record<Why, readonly [status: number, error: string]>> = {
  shape: [400, 'Kiriman ini tidak terbaca oleh server.'],
  work: [403, 'Kiriman ini datang terlalu lambat atau dua kali.'],
  readers: [409, 'Petugas yang memegang kunci baru saja berganti.'],
  nobody: [409, 'Saat ini tidak ada petugas yang bisa membacanya, jadi tidak ada yang disimpan. Pakai jalur resmi.'],
  limit: [429, 'Terlalu banyak permintaan dari jaringan ini. Tunggu sepuluh menit, lalu coba lagi.'],
  full: [
    507,
    'Tempat penyimpanan kami penuh, jadi kiriman Anda belum diterima. Pakai jalur resmi, atau coba lagi besok.',
  ],
  failed: [500, 'Ada gangguan di server kami.'],
};

/** Nothing was stored, and the person is told why. */
export function refuse(reply: FastifyReply, why: Why): FastifyReply {
  const [status, error] = REFUSALS[why];
  return reply.status(status).send({ error, why } satisfies Failure);
}
