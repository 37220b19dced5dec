/** Names for files that a reporter sent, under which they can be saved without harm: the name is theirs, the ending is ours. */

/** Of the kinds that the intake takes; anything else is saved as `.bin`, which nothing opens by itself. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'text/plain': 'txt',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/wav': 'wav',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'video/webm': 'webm',
  'video/quicktime': 'mov',
};

/** Devices of Windows, which are no names there. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST = 60;

/**
 * @param number place of the file in the case, from 1: keeps names apart and in order
 * @returns such as `01-rapat_kelurahan.jpg`: letters, digits, `-` and `_` only, and one ending that fits the content
 */
export function safeName(name: string, type: string, number: number): string {
  const stem = (name.split(/[/\\]/).at(-1) ?? '')
    .normalize('NFKC')
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/[^\p{L}\p{N}_-]+/gu, '_')
    .replace(/^[_-]+|[_-]+$/g, '');
  // whole characters: half of a pair would be no name
  const short = [...stem].slice(0, LONGEST).join('');
  const safe = short === '' || RESERVED.test(short) ? 'berkas' : short;
  return `${String(number).padStart(2, '0')}-${safe}.${ENDINGS[type.toLowerCase().split(';')[0]?.trim() ?? ''] ?? 'bin'}`;
}
