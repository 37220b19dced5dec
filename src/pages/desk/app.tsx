import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Me, Start } from '../../channels/web/desk/contract.ts';
import { api, DeskError, whenSessionIsLost } from './api.ts';
import { Desk } from './desk.tsx';
import { keys } from './keys/keys.ts';
import { Notice } from './parts/notice.tsx';
import { useIdle } from './parts/use-idle.ts';
import { Accept } from './views/accept.tsx';
import { SignIn } from './views/sign-in.tsx';
import { Unlock } from './views/unlock.tsx';

type Stage =
  | { readonly kind: 'opening' }
  | { readonly kind: 'unsafe' }
  | { readonly kind: 'trouble'; readonly message: string }
  | { readonly kind: 'accept'; readonly token: string; readonly first: boolean }
  | { readonly kind: 'sign-in'; readonly empty: boolean; readonly message?: string }
  /** Signed in, but the key is not open: the page was loaded anew, or idle. */
  | { readonly kind: 'locked'; readonly me: Me }
  | { readonly kind: 'open'; readonly me: Me };

/** Where an invitation's token stands; it is taken out of the address at once. */
const TOKEN = /^#undangan=([A-Za-z0-9_-]{43})$/;

/** Who is here, and whether their key is open. */
export function App() {
  const [stage, setStage] = useState<Stage>({ kind: 'opening' });
  const [start, setStart] = useState<Start>();

  useEffect(() => {
    void open().then(setStage, (error: unknown) =>
      setStage({ kind: 'trouble', message: error instanceof DeskError ? error.message : 'Halaman gagal dibuka.' }),
    );
    async function open(): Promise<Stage> {
      if (!isSecureContext) return { kind: 'unsafe' };
      const found = await api.start();
      setStart(found);
      const token = TOKEN.exec(location.hash)?.[1];
      if (token !== undefined) {
        history.replaceState(undefined, '', location.pathname);
        return { kind: 'accept', token, first: found.empty };
      }
      try {
        return { kind: 'locked', me: await api.me() };
      } catch (error) {
        if (error instanceof DeskError && error.why === 'no-session') return { kind: 'sign-in', empty: found.empty };
        throw error;
      }
    }
  }, []);

  const leave = useCallback((message?: string) => {
    keys.close();
    setStage({ kind: 'sign-in', empty: false, ...(message === undefined ? {} : { message }) });
  }, []);

  const lock = useCallback(() => {
    keys.close();
    setStage((now) => (now.kind === 'open' ? { kind: 'locked', me: now.me } : now));
  }, []);

  useEffect(() => {
    whenSessionIsLost(() =>
      setStage((now) => {
        if (now.kind !== 'open' && now.kind !== 'locked') return now;
        keys.close();
        return { kind: 'sign-in', empty: false, message: 'Sesi Anda sudah berakhir. Silakan masuk lagi.' };
      }),
    );
  }, []);
  useIdle(start?.idle ?? 600, lock);

  switch (stage.kind) {
    case 'opening':
      return null;
    case 'unsafe':
      return (
        <main class="card narrow">
          <h1>Alamat ini tidak aman</h1>
          <p>
            Meja petugas hanya berjalan lewat https, supaya kunci Anda tidak bisa dicuri di jalan. Hubungi pengelola.
          </p>
        </main>
      );
    case 'trouble':
      return (
        <main class="card narrow">
          <h1>Meja petugas</h1>
          <Notice kind="trouble">{stage.message}</Notice>
          <button type="button" onClick={() => location.reload()}>
            Coba lagi
          </button>
        </main>
      );
    case 'accept':
      return (
        <Accept
          token={stage.token}
          first={stage.first}
          // who left the page alone before going on has a closed key, too
          onDone={(me) => setStage({ kind: keys.running ? 'open' : 'locked', me })}
        />
      );
    case 'sign-in':
      return (
        <SignIn
          empty={stage.empty}
          {...(stage.message === undefined ? {} : { message: stage.message })}
          onDone={(me) => setStage({ kind: 'open', me })}
        />
      );
    case 'locked':
      return <Unlock me={stage.me} onDone={() => setStage({ kind: 'open', me: stage.me })} onLeave={() => leave()} />;
    case 'open':
      return <Desk me={stage.me} onLock={lock} onLeave={leave} onChanged={(me) => setStage({ kind: 'open', me })} />;
    default:
      return stage satisfies never;
  }
}
