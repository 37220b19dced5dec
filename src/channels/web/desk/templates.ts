/**
 * Texts that an officer can start an answer from. They go to people who are afraid: warm, short, and nothing promised that the law
 * does not give. A test holds every citation against `knowledge/regulations.yaml`.
 */
import type { Template } from './contract.ts';

const WITHIN_7_DAYS_PEMILU = { regulation: 'uu-7-2017', at: 'Ps 454 ayat (6)' };
const WITHIN_7_DAYS_PILKADA = { regulation: 'uu-pilkada', at: 'Ps 134' };

export const TEMPLATES: readonly Template[] = [
  {
    id: 'tempat-waktu',
    title: 'Tanya tempat dan waktu',
    text: 'Terima kasih sudah memberi tahu kami. Agar bisa ditelusuri: di mana kejadiannya (tempat, desa atau kecamatan), dan kapan (hari, tanggal, kira-kira jam)? Tulis sebatas yang Anda tahu; tidak perlu menyebut siapa Anda.',
    citations: [],
  },
  {
    id: 'bukti',
    title: 'Tanya bukti',
    text: 'Terima kasih, kabar Anda sudah kami baca. Apakah ada foto, video, tangkapan layar, atau surat yang bisa dikirim, atau orang lain yang melihat? Jangan mengambil risiko untuk mendapatkannya: kalau tidak ada, tidak apa-apa.',
    citations: [],
  },
  {
    id: 'informasi-awal',
    title: 'Beda informasi awal dan laporan, dan batas 7 hari',
    text: 'Yang Anda kirim di sini adalah informasi awal: bisa tanpa nama, dan bisa kami telusuri. Laporan resmi ke Bawaslu lain: perlu nama dan alamat pelapor, dan ada batas waktunya. Pemilu: 7 hari kerja sejak diketahui (UU 7/2017 Ps 454 dan Ps 454 ayat (6)). Pilkada: 7 hari sejak diketahui (UU Pilkada Ps 134). Melapor atau tidak, itu pilihan Anda.',
    citations: [{ regulation: 'uu-7-2017', at: 'Ps 454' }, WITHIN_7_DAYS_PEMILU, WITHIN_7_DAYS_PILKADA],
  },
  {
    id: 'diteruskan-bkn',
    title: 'Diteruskan ke BKN',
    text: 'Kabar Anda kami teruskan ke BKN, karena netralitas ASN ditangani instansi yang berwenang (UU 7/2017 Ps 455). Prosesnya di luar kendali kami dan bisa lama. Kalau ada kabar untuk Anda, kami tulis di sini: buka lagi dengan tanda terima Anda.',
    citations: [{ regulation: 'uu-7-2017', at: 'Ps 455' }],
  },
  {
    id: 'diteruskan-bawaslu',
    title: 'Diteruskan ke Bawaslu',
    text: 'Kabar Anda kami teruskan ke Bawaslu sebagai informasi awal untuk ditelusuri. Kalau Anda ingin melapor resmi atas nama sendiri, perhatikan batasnya: Pemilu 7 hari kerja (UU 7/2017 Ps 454 ayat (6)), Pilkada 7 hari (UU Pilkada Ps 134), sejak diketahui.',
    citations: [WITHIN_7_DAYS_PEMILU, WITHIN_7_DAYS_PILKADA],
  },
  {
    id: 'selesai',
    title: 'Kasus ditutup',
    text: 'Penanganan kabar Anda di sini sudah selesai dan kami tutup. Terima kasih sudah peduli. Kalau dalam waktu dekat ada hal baru, tambahkan saja dengan tanda terima yang sama: kasusnya terbuka lagi.',
    citations: [],
  },
  {
    id: 'di-luar-wewenang',
    title: 'Di luar wewenang kami',
    text: 'Terima kasih sudah menulis. Hal ini di luar wewenang kami, jadi tidak bisa kami tangani. Anda bisa menyampaikannya lewat SP4N-LAPOR! (lapor.go.id), yang punya pilihan anonim dan rahasia.',
    citations: [],
  },
  {
    id: 'tidak-terbukti',
    title: 'Sudah dicek, tidak terbukti',
    text: 'Terima kasih, kabar Anda sudah kami cek. Dari yang kami temukan, tidak tampak pelanggaran. Anda tidak salah karena bertanya: lebih baik dicek daripada dibiarkan. Kalau ada hal lain, kami siap membaca.',
    citations: [],
  },
];
