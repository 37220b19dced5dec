import type { BrowserContext } from 'playwright-core';

/** Closes the context; requests that a test has taken over and that are still under way are no errors of the run. */
export async function closeContext(context: BrowserContext): Promise<void> {
  const pages = context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' }));
  await Promise.all([...pages, context.unrouteAll({ behavior: 'ignoreErrors' })]);
  await context.close();
}
