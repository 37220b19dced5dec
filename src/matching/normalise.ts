/**
 * Text as a person typed it -> lower-case words that mean the same.
 *
 * Nothing here knows Indonesian beyond its spelling habits in chat: "bolehhh", "teman2", "wkwkwk", emoji as words.
 */

/** Longest text, in UTF-16 units, that is looked at. What follows cannot change which rule is meant, only cost time. */
export const MAX_ANALYSED = 1_500;

/** Characters that are invisible or steer the direction of writing: zero width, bidi controls, soft hyphen, BOM, controls. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Emoji that say something about an act; every other pictograph becomes the word `emoji`. */
const EMOJI_WORDS: ReadonlyArray<readonly [RegExp, string]> = [
  [/👍|👌|🤙/gu, ' jempol '],
  [/❤️?|😍|🥰|💕|💖|💙|💚|💛|🧡|💜/gu, ' hati '],
  [/🔥/gu, ' api '],
  [/☝️?|☝/gu, ' telunjuk '],
  [/✌️?/gu, ' dua jari '],
  [/🙏/gu, ' '],
];

const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const LAUGHTER =
  /\b(?:(?:wk){2,}w?|w{2,}k{2,}|(?:ha){2,}h?|(?:he){2,}h?|(?:hi){2,}h?|(?:xi){2,}|(?:ck){2,}|(?:kw){2,})\b/g;

/** The visible text: NFKC, without invisible and control characters, white space folded, at most `max` UTF-16 units. */
export function visible(text: string, max = Number.POSITIVE_INFINITY): string {
  const head = text.length > max * 4 ? text.slice(0, max * 4) : text;
  const clean = head.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
  return clean.length > max ? clean.slice(0, max) : clean;
}

/** Lower-case text with emoji as words, laughter removed, stretched letters shortened; only `a-z`, `0-9`, `'` and spaces. */
export function normalise(text: string): string {
  let s = visible(text, MAX_ANALYSED).toLowerCase();
  for (const [emoji, word] of EMOJI_WORDS) s = s.replace(emoji, word);
  s = s
    .replace(PICTOGRAPH, ' emoji ')
    .replace(/<\/?[a-z][^<>]{0,80}>/g, ' ')
    .replace(/https?:\/\/\S+|www\.\S+/g, ' tautan ')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/[^a-z0-9'-]+/g, ' ')
    .replace(LAUGHTER, ' ')
    // "bolehhh", but not the three letters of "pppk"
    .replace(/(?<![a-z])p{3,}k|([a-z])\1{2,}/g, (_run, letter?: string) => letter ?? 'pppk')
    .replace(/\b([a-z]{2,})2(?=(?:nya|an)?\b)/g, '$1 $1')
    .replace(/\b([a-z]{3,})-\1\b/g, '$1')
    // "hahahaaa" and "wkwk2" are laughter only now
    .replace(LAUGHTER, ' ')
    .replace(/-/g, ' ')
    // quotes around words go; "enja'" and "ma'ruf" keep theirs
    .replace(/(^|[^a-z0-9])'([^']*)'(?![a-z0-9])/g, '$1 $2 ')
    .replace(/(?<![a-z])'|'(?![a-z ]|$)/g, ' ');
  return s.replace(/\s+/g, ' ').trim();
}

/** The words of a normalised text; a word said twice running ("teman teman") counts once. */
export function words(normalised: string): string[] {
  const out: string[] = [];
  for (const word of normalised.split(' ')) if (word !== '' && word !== out.at(-1)) out.push(word);
  return out;
}
