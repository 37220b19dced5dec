/** A text in every form in which it may lie in a file. */
export function encodings(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const base64 = [0, 1, 2].flatMap((shift) => {
    // base64 of a longer text contains one of three cuts of this one
    const cut = utf8.subarray(shift, shift + Math.floor((utf8.length - shift) / 3) * 3).toString('base64');
    return cut.length >= 8 ? [cut, cut.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  const hex = utf8.toString('hex');
  const texts = [text.toLowerCase(), text.toUpperCase(), ...base64, hex, hex.toUpperCase()];
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    ...texts.map((one) => Buffer.from(one)),
  ];
}

/** Which of these texts are found, in any form. */
export const found = (bytes: Buffer, texts: readonly string[]): string[] =>
  texts.filter((text) => encodings(text).some((form) => bytes.includes(form)));
