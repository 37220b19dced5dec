import { useCallback, useEffect, useState } from 'preact/hooks';

export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'there'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string; readonly again: () => void };

/** What `load` gives, asked for when the component appears. `load` must be the same function each time. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, set] = useState<Loaded<T>>({ kind: 'loading' });
  const start = useCallback(async () => {
    set({ kind: 'loading' });
    try {
      set({ kind: 'there', value: await load() });
    } catch (error) {
      set({ kind: 'failed', message: error instanceof Error ? error.message : '', again: () => void start() });
    }
  }, [load]);
  useEffect(() => void start(), [start]);
  return state;
}
