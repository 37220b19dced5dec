import { useEffect, useReducer } from 'preact/hooks';
import type { CaseStore } from './store.ts';

/** The component is drawn again whenever the store changes. */
export function useStore(store: CaseStore): void {
  const [, draw] = useReducer((count: number, _change: undefined) => count + 1, 0);
  useEffect(() => store.subscribe(() => draw(undefined)), [store]);
}
