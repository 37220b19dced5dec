/** What kind of file some bytes are. Only what they hold counts; only kinds that are listed here are taken. */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif';

export type Recognised =
  | { readonly kind: 'picture'; readonly format: PictureFormat }
  | { readonly kind: 'document' | 'sound' | 'video'; readonly name: string; readonly type: string };

const picture = (format: PictureFormat): Recognised => ({ kind: 'picture', format });
const document = (ending: string, type: string): Recognised => ({ kind: 'document', name: `dokumen.${ending}`, type });
const sound = (ending: string, type: string): Recognised => ({ kind: 'sound', name: `suara.${ending}`, type });
const video = (ending: string, type: string): Recognised => ({ kind: 'video', name: `video.${ending}`, type });

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const WRITER = 'application/vnd.oasis.opendocument.text';

/**
 * By the media type that file-type finds. Not here: HEIC, because sharp's ready-made libvips has no decoder for it, so that the place
 * it was taken could not be removed; the older .doc and .xls, which cannot be told from other files in their container.
 */
const KINDS: ReadonlyMap<string, Recognised> = new Map([
  ['image/jpeg', picture('jpeg')],
  ['image/png', picture('png')],
  ['image/apng', picture('png')],
  ['image/webp', picture('webp')],
  ['image/gif', picture('gif')],
  ['application/pdf', document('pdf', 'application/pdf')],
  [WORD, document('docx', WORD)],
  [EXCEL, document('xlsx', EXCEL)],
  [WRITER, document('odt', WRITER)],
  ['audio/ogg', sound('ogg', 'audio/ogg')],
  ['audio/ogg; codecs=opus', sound('ogg', 'audio/ogg')],
  ['audio/mpeg', sound('mp3', 'audio/mpeg')],
  ['audio/mp4', sound('m4a', 'audio/mp4')],
  ['audio/x-m4a', sound('m4a', 'audio/mp4')],
  ['audio/wav', sound('wav', 'audio/wav')],
  // what the recorders of older phones make
  ['audio/aac', sound('aac', 'audio/aac')],
  ['audio/amr', sound('amr', 'audio/amr')],
  ['video/mp4', video('mp4', 'video/mp4')],
  ['video/3gpp', video('3gp', 'video/3gpp')],
  ['video/webm', video('webm', 'video/webm')],
  ['video/quicktime', video('mov', 'video/quicktime')],
]);

const TEXT = document('txt', 'text/plain');

/** The kind, or undefined where it is not one that is taken. */
export async function recognise(bytes: Uint8Array): Promise<Recognised | undefined> {
  // text first: "BMKG ..." begins like a bitmap, "MZ ..." like a program
  if (isText(bytes)) return TEXT;
  return KINDS.get((await mediaType(bytes)) ?? '');
}

async function mediaType(bytes: Uint8Array): Promise<string | undefined> {
  // loaded with the first file: most chats send none
  const { fileTypeFromBuffer } = await import('file-type');
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    return undefined; // it ends where its own header says that there is more
  }
}

/** HTML, SVG and XML; PostScript; PDF; RTF; scripts. They are text, and more than that. */
const ACTIVE = /^\s*(?:<|%!|%PDF|\{\\rtf|#!)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have
const CONTROL = /[\x00-\x08\x0e-\x1f\x7f]/;

/** Whole and valid UTF-8 without control characters, and nothing that a program would take for more than text. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return !CONTROL.test(text) && !ACTIVE.test(text);
  } catch {
    return false;
  }
}
