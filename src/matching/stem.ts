/**
 * A light Indonesian stemmer: strips particles, possessives and the productive affixes, and undoes the nasal sound change.
 *
 * It need not find dictionary roots: it only has to bring "mendukung", "didukung", "dukungan", "ngedukung" to one string.
 * The rules are those of Nazief and Adriani's description of Indonesian affixes, without its dictionary.
 */

const MIN_STEM = 4;

/** Words that look affixed and are not, or whose stripping would merge different ideas. */
const WHOLE = new Set(
  'pemilu pemilihan pilihan pemilih kampanye kepala keluarga kecamatan kelurahan kementerian pegawai pengawas pengajian pengurus bakal bawahan atasan pimpinan teman kegiatan penetapan petahana peserta perangkat sekolah seragam selfie setelah sebelum sesudah senam sanksi sebagai sama suami istri anak makan berita beda besok bukan ikan akan iklan jalan bulan tahan lawan kawan dewan relawan lapangan undangan ruangan acara nama apa siapa bapak ibu kakak dinas kelas netral'.split(
    ' ',
  ),
);

const PREFIXES: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(?:di|ku|kau)(?=nge|[^aeiou].{3})/, ''],
  [/^(?:memper|diper|mempe|terper)/, ''],
  [/^(?:meny|peny|ny)(?=[aeiou])/, 's'],
  [/^(?:meng|peng)(?=[gh]|[aeiou]|k)/, ''],
  [/^nge(?=.{3})/, ''],
  [/^ng(?=[aeiou].{2})/, ''],
  [/^(?:mem|pem)(?=[bpfv])/, ''],
  [/^(?:mem|pem)(?=[aeiou])/, 'p'],
  [/^(?:men|pen)(?=[cdjtz])/, ''],
  [/^(?:men|pen)(?=[aeiou])/, 't'],
  [/^(?:me|pe)(?=[lrwymn])/, ''],
  [/^(?:ber|ter|per|be)(?=.{4})/, ''],
  [/^(?:ke|se)(?=.{5})/, ''],
];

const stripSuffix = (word: string): string => {
  let w = word.replace(/(?:lah|kah|tah|pun)$/, '');
  if (w.length < MIN_STEM) w = word;
  const bare = w.replace(/(?:nya|ku|mu)$/, '');
  if (bare.length >= MIN_STEM) w = bare;
  const root = w.replace(/(?:kan|an|in|i)$/, '');
  return root.length >= MIN_STEM && /[aeiou]/.test(root) ? root : w;
};

/** The stem of one lower-case word. Short words and the exceptions above come back unchanged. */
export function stem(word: string): string {
  if (word.length <= MIN_STEM || WHOLE.has(word) || /\d/.test(word)) return word;
  const bare = word.replace(/(?:nya|lah|kah)$/, '');
  if (bare.length >= 3 && WHOLE.has(bare)) return bare;
  let w = word;
  for (const [prefix, replacement] of PREFIXES) {
    const rest = w.replace(prefix, replacement);
    if (rest !== w && rest.length >= MIN_STEM && /[aeiou]/.test(rest)) {
      w = rest;
      if (WHOLE.has(w)) return w;
      if (!/^(?:ber|ke|per)/.test(w)) break;
    }
  }
  return stripSuffix(w);
}
