/** The commands in Telegram's menu, in the order of the menu. */
export const COMMANDS: ReadonlyArray<{ readonly command: string; readonly description: string }> = [
  { command: 'topik', description: 'Daftar topik dan aturannya' },
  { command: 'saya', description: 'Simpan status saya (PNS, PPPK, ...)' },
  { command: 'kalender', description: 'Tahapan pemilu dan pilkada' },
  { command: 'lapor', description: 'Sampaikan kejadian tanpa nama; jalur resmi' },
  { command: 'cek', description: 'Cek laporan dengan tanda terima' },
  { command: 'petugas', description: 'Tanya petugas (orang)' },
  { command: 'batal', description: 'Akhiri yang sedang berjalan' },
  { command: 'bantuan', description: 'Cara memakai bot ini' },
  { command: 'lupakan', description: 'Hapus yang diingat tentang obrolan ini' },
];
