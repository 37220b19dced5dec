import { useCallback, useEffect, useState } from 'preact/hooks';
import { troubleOf } from './trouble.ts';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly trouble: string | undefined;
  /** Loads again; what is shown stays until the new value is there. */
  readonly reload: () => Promise<void>;
}

/** Loads when the component appears, and when `load` changes. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [trouble, setTrouble] = useState<string>();
  const reload = useCallback(
    () =>
      load().then(
        (found) => {
          setValue(() => found);
          setTrouble(undefined);
        },
        (error: unknown) => setTrouble(troubleOf(error)),
      ),
    [load],
  );
  useEffect(() => void reload(), [reload]);
  return { value, trouble, reload };
}
