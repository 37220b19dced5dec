/** Leaving the page, on purpose or not. */
import { useEffect } from 'preact/hooks';
import { sealer } from '../sealing/sealer.ts';

/** Of the address that is shown when everything has been cleared. */
export const CLEARED = '?bersih';

let wanted = false;

/** Asks before the page is left, as long as something would be lost. */
export function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => {
      if (!wanted) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [on]);
}

/** Ends everything and goes to a page that holds nothing. The address of this one is replaced: "back" does not return to it. */
export function clearAndLeave(): void {
  wanted = true;
  sealer.close();
  location.replace(`${location.pathname}${CLEARED}`);
}
