import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ViewProps } from '../../view-props.ts';
import { Detail } from './detail.tsx';
import { goTo } from './go-to.ts';
import { HandOver } from './hand-over.tsx';
import { Help } from './help.tsx';
import { List } from './list.tsx';
import { useShortcuts } from './shortcuts.ts';
import { Toasts } from './toasts.tsx';
import { useStore } from './use-store.ts';

/** The cases: their list, one of them, and what leaves the desk of it. */
export function Cases(props: ViewProps) {
  const { cases: store, rest, me } = props;
  useStore(store);
  const [id = '', what] = rest.split('/');
  const [help, setHelp] = useState(false);
  // after an answer was taken back, the case is read again
  const [undone, setUndone] = useState(0);
  useEffect(() => store.start(), [store]);
  useEffect(() => {
    // what was said belongs to the case where it was said
    if (id !== '') store.hush();
  }, [store, id]);
  useEffect(() => {
    const leaving = (event: Event) => {
      if (store.hasDrafts) event.preventDefault();
    };
    addEventListener('beforeunload', leaving);
    return () => removeEventListener('beforeunload', leaving);
  }, [store]);
  const closeHelp = useCallback(() => setHelp(false), []);
  useShortcuts({
    '?': () => setHelp(true),
    ...(id === '' ? {} : { Escape: () => goTo(what === undefined ? '' : `/${id}`) }),
  });
  return (
    <>
      {id === '' ? (
        <List store={store} />
      ) : what === 'serah' ? (
        <HandOver key={id} store={store} id={id} me={me} />
      ) : (
        <Detail key={id} store={store} id={id} me={me} again={undone} />
      )}
      <p class="card no-print">
        <button type="button" onClick={() => setHelp(true)}>
          Pintasan papan ketik
        </button>
      </p>
      <Toasts store={store} onUndone={() => setUndone((count) => count + 1)} />
      {help ? <Help onClose={closeHelp} /> : null}
    </>
  );
}
