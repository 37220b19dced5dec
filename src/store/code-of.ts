/** What may be told of an error of the database or the disk: messages of libraries quote paths, addresses and settings. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && error.code !== undefined
    ? String(error.code)
    : error instanceof Error
      ? error.name
      : 'unknown';
