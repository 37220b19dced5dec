/** What the options of a command line hold, by name. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** The value of an option, or undefined where it is not there or blank. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
