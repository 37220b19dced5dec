import { useEffect } from 'preact/hooks';

/** `closed`: only their title, to be opened. `hidden`: while somebody is telling, they would distract. */
export type Visibility = 'open' | 'closed' | 'hidden';

/** The formal channels stand in the HTML, open, so that they are there without JavaScript too. */
export function useChannels(visibility: Visibility): void {
  useEffect(() => {
    const details = document.getElementById('channels');
    if (!(details instanceof HTMLDetailsElement)) return;
    details.hidden = visibility === 'hidden';
    details.open = visibility === 'open';
  }, [visibility]);
}
