import { useState } from 'preact/hooks';
import type { Me } from '../../../channels/web/desk/contract.ts';
import { api } from '../api.ts';
import { keys } from '../keys/keys.ts';
import { Lost } from '../parts/lost.tsx';
import { Notice } from '../parts/notice.tsx';
import { Title } from '../parts/title.tsx';
import { troubleOf } from '../parts/trouble.ts';

interface UnlockProps {
  readonly me: Me;
  readonly onDone: () => void;
  readonly onLeave: () => void;
}

/** Signed in, but the key is closed: only the passphrase opens it, and it is not sent anywhere. */
export function Unlock({ me, onDone, onLeave }: UnlockProps) {
  const [passphrase, setPassphrase] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();

  async function unlock(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setTrouble(undefined);
    try {
      await keys.call('prove', passphrase, me.salt);
      setPassphrase('');
      if (await keys.call('unwrap', me.login, me.wrapped)) onDone();
      else setTrouble('Frasa sandi salah. Coba lagi.');
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(false);
    }
  }

  async function leave(): Promise<void> {
    await api.signOut().catch(() => {});
    onLeave();
  }

  return (
    <main class="card narrow">
      <Title>Meja terkunci</Title>
      <Lost />
      <p>
        Anda masuk sebagai <b>{me.name}</b>. Ketik frasa sandi untuk membuka kunci Anda.
      </p>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      <form onSubmit={(event) => void unlock(event)}>
        <input type="text" name="username" autocomplete="username" value={me.login} hidden readOnly />
        <label for="passphrase">Frasa sandi</label>
        <input
          id="passphrase"
          type="password"
          autocomplete="current-password"
          required
          value={passphrase}
          onInput={({ currentTarget }) => setPassphrase(currentTarget.value)}
        />
        <div class="row">
          <button type="submit" class="main" disabled={busy}>
            {busy ? 'Membuka kunci...' : 'Buka kunci'}
          </button>
          <button type="button" onClick={() => void leave()}>
            Keluar
          </button>
        </div>
      </form>
    </main>
  );
}
