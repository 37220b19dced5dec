/**
 * Sentences of a short text. Full stops after abbreviations ("Ps.", "no.") don't end one; an opening word or two ("Jangan.",
 * "Tetap jangan.") is no sentence of its own.
 */
export function sentences(text: string): number {
  return text
    .split(/(?<=[a-z0-9)"]{3}[.?!])\s+(?=[A-Z0-9"])/)
    .filter((sentence) => sentence.trim().split(/\s+/).length > 2).length;
}
