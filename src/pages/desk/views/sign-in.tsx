import { useState } from 'preact/hooks';
import type { Me } from '../../../channels/web/desk/contract.ts';
import { api, DeskError } from '../api.ts';
import { keys } from '../keys/keys.ts';
import { Lost } from '../parts/lost.tsx';
import { Notice } from '../parts/notice.tsx';
import { Title } from '../parts/title.tsx';
import { troubleOf } from '../parts/trouble.ts';

interface SignInProps {
  /** True where nobody has an account yet. */
  readonly empty: boolean;
  readonly message?: string;
  readonly onDone: (me: Me) => void;
}

export function SignIn({ empty, message, onDone }: SignInProps) {
  const [login, setLogin] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState(message);

  if (empty)
    return (
      <main class="card narrow">
        <Title>Meja petugas belum disiapkan</Title>
        <p>
          Pengelola: buka tautan sekali pakai yang dicetak di terminal saat layanan dimulai. Orang pertama menjadi
          admin.
        </p>
      </main>
    );

  async function signIn(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setTrouble(undefined);
    try {
      const { salt } = await api.salt(login);
      const auth = await keys.call('prove', passphrase, salt);
      const me = await api.signIn({ login, auth, ...(code === undefined ? {} : { totp: code.trim() }) });
      if ('totp' in me && !('id' in me)) {
        setCode('');
        return;
      }
      const signedIn = me as Me;
      if (!(await keys.call('unwrap', signedIn.login, signedIn.wrapped)))
        throw new DeskError('failed', 'Kunci Anda tidak terbuka. Muat ulang halaman, lalu coba lagi.');
      setPassphrase('');
      onDone(signedIn);
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main class="card narrow">
      <Title>Masuk ke meja petugas</Title>
      <Lost />
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      <form onSubmit={(event) => void signIn(event)}>
        <label for="login">Nama masuk</label>
        <input
          id="login"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
          value={login}
          onInput={({ currentTarget }) => setLogin(currentTarget.value.trim())}
        />
        <label for="passphrase">Frasa sandi</label>
        <input
          id="passphrase"
          type="password"
          autocomplete="current-password"
          required
          value={passphrase}
          onInput={({ currentTarget }) => setPassphrase(currentTarget.value)}
        />
        {code === undefined ? null : (
          <>
            <label for="code">Kode 6 angka dari aplikasi autentikator</label>
            <input
              id="code"
              inputMode="numeric"
              autocomplete="one-time-code"
              pattern="[0-9]{6}"
              required
              value={code}
              onInput={({ currentTarget }) => setCode(currentTarget.value)}
            />
          </>
        )}
        <button type="submit" class="main" disabled={busy}>
          {busy ? 'Membuka kunci...' : 'Masuk'}
        </button>
      </form>
      <p class="hint">Frasa sandi Anda tidak pernah dikirim. Kunci Anda dibuka di peramban ini.</p>
    </main>
  );
}
