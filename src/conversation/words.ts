/** Short words that steer: what people type instead of pressing a button, slang included. Only a whole message counts. */
import { normalise } from '../matching/normalise.ts';

const WORDS = {
  start:
    'mulai|oke siap|ok siap|siap mulai|oke mulai|ok mulai|ya mulai|ayo|ayo mulai|siap|setuju|paham|mengerti|ngerti|saya mengerti|mulai lapor|saya mau mulai',
  next: 'lanjut|lanjutkan|lanjutin|lnjut|lanjt|terus|next|sudah|sudah itu|sudahan|udah|udh|dah|sdh|udahan|selesai|beres|cukup|cukup itu|itu|sudah semua|udah semua|sudah cukup|udah cukup',
  skip: 'lewati|lewat|lewatin|lewatkan|skip|skip dulu|kosong|kosongkan|tidak tahu|tidak tau|gatau|ga tau|gak tau|ga tahu|gak tahu|nggak tahu|nggak tau|ngga tau|entah|lupa',
  none: 'tidak|tdk|enggak|nggak|ngga|gak|ga|no|nggak ada|gak ada|ga ada|tidak ada|ngga ada|tdk ada|belum ada|tidak punya|gak punya|ga punya|nggak punya|jangan',
  back: 'kembali|balik|mundur|back|sebelumnya|kmbali',
  cancel:
    'batal|batalkan|batalin|btl|cancel|gajadi|gak jadi|ga jadi|nggak jadi|ngga jadi|enggak jadi|tidak jadi|tdk jadi|stop|berhenti|hentikan|urungkan',
  send: 'kirim|kirimkan|kirimin|kirim sekarang|submit|send',
  yes: 'ya|iya|iyaa|iy|yes|yup|yoi|oke|ok|okey|okay|sip|boleh|betul|benar|setuju|jempol|gas|yakin|iya yakin|ya yakin',
  edit: 'ubah|edit|ganti|koreksi|perbaiki|ralat|benerin|betulkan|tambah|tambahkan|ubah isi',
  clear: 'hapus|hapus isi|hapus isi ini|hapus ini|hapusin|buang isi',
  discard: 'buang|hapus|hapus semua|ya buang|buang kiriman',
  asIs: 'kirim apa adanya|apa adanya|kirim|kirimkan',
  drop: 'jangan kirim|buang|tidak usah|nggak usah|gak usah|ga usah|gausah',
  resume: 'lanjutkan kiriman|lanjut isi|teruskan',
  door: 'pintu web|web|lewat web|halaman web|website',
  formal: 'saluran resmi|jalur resmi|resmi|lapor resmi|laporan resmi',
  provinces: 'pilih provinsi|provinsi|daftar provinsi',
  end: 'selesai|batal|stop|batalkan|akhiri|sudahi|gajadi|gak jadi|ga jadi|tidak jadi|nggak jadi',
  thanks: 'terima kasih|trima kasih|makasih|makasi|mksh|tks|thanks|thx|terimakasih|suwun|nuhun|hatur nuhun',
} as const;
export type Word = keyof typeof WORDS;

const SETS = new Map(
  Object.entries(WORDS).map(([word, list]) => [word as Word, new Set<string>(list.split('|'))] as const),
);
/** What people put behind such a word without meaning more by it. */
const PARTICLES =
  /(?:\s+(?:dong|deh|aja|saja|ya|yah|dulu|lagi|min|kak|kakak|pak|bu|bang|mas|mbak|gan|sih|kok|lah|nih|emoji|hati))+$/;
const LONGEST = 40;

/** True where the whole message is one of these words, also with a slash before it. */
export function means(text: string, ...words: readonly Word[]): boolean {
  if (text.length > LONGEST) return false;
  const typed = normalise(text);
  const bare = typed.replace(PARTICLES, '');
  return words.some((word) => SETS.get(word)?.has(typed) || SETS.get(word)?.has(bare));
}

const ASKING = String.raw`(?:(?:saya|aku|sy|gue|gw|mau|ingin|pengen|pengin|pingin|pgn|mo|halo|hai|min|kak|pak|bu|tolong|izin|ijin|permisi|maaf)\s+)*`;
const ENDING = String.raw`(?:\s+(?:dong|min|kak|pak|bu|ya|nih|sekarang|di sini|disini|saya|ku))*$`;
const phrase = (core: string): RegExp => new RegExp(`^${ASKING}(?:${core})${ENDING}`);

const REPORT = 'lapor|melapor|melaporkan|ngelapor|ngelaporin|laporin';

/** Whole messages that open a flow. */
const OPENERS: ReadonlyArray<readonly [command: string, pattern: RegExp]> = [
  [
    '/cek',
    phrase(
      String.raw`(?:cek|ngecek|check|lihat|liat|buka|baca|status|kabar)\s+(?:(?:status|kabar|balasan)\s+)?(?:lapor|laporan|laporanku|kiriman|tanda terima)`,
    ),
  ],
  [
    '/lapor',
    phrase(
      String.raw`(?:${REPORT}|(?:bikin|buat|membuat|kirim|mengirim)\s+(?:laporan|aduan))(?:\s+(?:pelanggaran|dugaan pelanggaran|kecurangan|kejadian|sesuatu))?`,
    ),
  ],
  [
    '/petugas',
    phrase(
      String.raw`(?:tanya|bertanya|nanya|bicara|ngobrol|ngomong|hubungi|chat)\s+(?:(?:ke|kepada|sama|dengan|dgn|langsung)\s+)*petugas(?:nya)?`,
    ),
  ],
];

const REPORTING = new RegExp(`^${ASKING}(?:${REPORT}|lapo?rkan|adukan|mengadukan|ngadu|ngaduin|aduin)\\b`);

/** True where a message begins as a report: "mau lapor kepsek yang ...". It is answered all the same, and the way to report is offered. */
export const beginsAsReport = (text: string): boolean => REPORTING.test(normalise(text));

/** The command that a short whole message asks for: "mau lapor dong" is `/lapor`. */
export function opener(text: string): string | undefined {
  if (text.length > LONGEST * 2 || text.trimEnd().endsWith('?')) return undefined;
  const typed = normalise(text);
  return OPENERS.find(([, pattern]) => pattern.test(typed))?.[0];
}
