import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Parses the command line as `parseArgs` does; an unknown flag ends the command with its usage instead of a stack. */
export function commandLine<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message.split('\n')[0] : 'unusable arguments'}\nusage: ${usage}`);
    process.exit(2);
  }
}
