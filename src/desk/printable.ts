/**
 * What somebody else wrote, made safe to show in a terminal or to put into a document. Control characters can move the cursor, change
 * the title, answer to the shell, or turn the reading direction; they are shown as what they are instead of being carried out.
 */

/**
 * Controls; format characters (direction, invisible joins, tags) but for the joiner in emoji; line and paragraph separators; unpaired
 * surrogates; letters without a shape.
 */
const UNSAFE = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{115F}\u{1160}\u{3164}\u{FFA0}]--[\u{200D}]]/gv;

/** With its line breaks kept; tabs become spaces. */
export const printable = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '    ')
    .replace(UNSAFE, (char) => (char === '\n' ? char : named(char)));

/** The same on one line, for names and labels. */
export const printableLine = (text: string): string =>
  printable(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();

/** In JSON: the same characters as `\\uXXXX`, so that nothing is lost and nothing is carried out. */
export const escapeUnprintable = (json: string): string =>
  json.replace(UNSAFE, (char) =>
    char === '\n'
      ? char
      : Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(
          '',
        ),
  );

/** `␛` for an escape, `<U+202E>` for what has no picture. */
function named(char: string): string {
  const code = char.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
