/**
 * The only way from a text to a script that these pages have. Their policy wants Trusted Types: texts are refused where the browser would
 * read them as HTML or load a script from them, but for what the policy `pages` made, and that makes nothing but one address.
 */

/** As far as it is needed here; not every browser has it, and TypeScript does not know it yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(ignored: string): string };
}

/** @param url of the page's own worker, from Vite's `?worker&url`; call it once a page, the name can be taken only once */
export function workerStarter(url: string): () => Worker {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('pages', { createScriptURL: () => url });
  return () => new Worker(policy?.createScriptURL('') ?? url, { type: 'module' });
}
