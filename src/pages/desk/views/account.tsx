import { useCallback, useState } from 'preact/hooks';
import { api } from '../api.ts';
import { keys } from '../keys/keys.ts';
import { showMoment } from '../parts/format.ts';
import { NewPassphrase } from '../parts/new-passphrase.tsx';
import { Notice } from '../parts/notice.tsx';
import { RecoveryFile } from '../parts/recovery-file.tsx';
import { Title } from '../parts/title.tsx';
import { troubleOf } from '../parts/trouble.ts';
import type { ViewProps } from '../view-props.ts';
import { ROLE_NAMES } from './team.tsx';

/** One's own account: passphrase, one-time codes, recovery file, sessions. */
export function Account(props: ViewProps) {
  const { me, onLeave } = props;
  const [trouble, setTrouble] = useState<string>();
  const [done, setDone] = useState<string>();

  const act: Act = async (work, said) => {
    setTrouble(undefined);
    setDone(undefined);
    try {
      await work();
      if (said !== undefined) setDone(said);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  return (
    <div class="card">
      <Title>Akun</Title>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      <p>
        {me.name} ({me.login}), {ROLE_NAMES[me.role]}, {me.unit}.{' '}
        {me.lastSignIn === undefined ? 'Ini pertama kali Anda masuk.' : `Terakhir masuk ${showMoment(me.lastSignIn)}.`}
      </p>
      <Passphrase {...props} act={act} />
      <Codes {...props} act={act} />
      <RecoveryFile me={me} />
      <section class="plain">
        <h2>Keluar di mana-mana</h2>
        <p class="hint">Kalau ada yang mungkin memakai sesi Anda: semua sesi berakhir, juga yang ini.</p>
        <button
          type="button"
          class="danger"
          onClick={() =>
            void act(async () => {
              await api.signOutEverywhere();
              onLeave('Semua sesi sudah diakhiri.');
            })
          }
        >
          Keluar di semua perangkat
        </button>
      </section>
    </div>
  );
}

type Act = (work: () => Promise<unknown>, said?: string) => Promise<void>;

function Passphrase({ me, onChanged, act }: ViewProps & { readonly act: Act }) {
  const [old, setOld] = useState('');
  const [phrase, setPhrase] = useState({ value: '', repeated: '' });
  const [fits, setFits] = useState(false);
  const [busy, setBusy] = useState(false);
  const onFit = useCallback((value: boolean) => setFits(value), []);

  async function change(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    await act(async () => {
      const oldAuth = await keys.call('prove', old, me.salt);
      const { salt, auth, wrapped } = await keys.call('rewrap', me.login, phrase.value);
      await api.passphrase({ oldAuth, salt, auth, wrapped });
      setOld('');
      setPhrase({ value: '', repeated: '' });
      onChanged({ ...me, salt, wrapped });
    }, 'Frasa sandi diganti. Sesi lain sudah diakhiri.');
    setBusy(false);
  }

  return (
    <details>
      <summary>Ganti frasa sandi</summary>
      <form onSubmit={(event) => void change(event)}>
        <label for="old-passphrase">Frasa sandi sekarang</label>
        <input
          id="old-passphrase"
          type="password"
          autocomplete="current-password"
          required
          value={old}
          onInput={({ currentTarget }) => setOld(currentTarget.value)}
        />
        <NewPassphrase
          value={phrase.value}
          repeated={phrase.repeated}
          onInput={(value, repeated) => setPhrase({ value, repeated })}
          onFit={onFit}
        />
        <button type="submit" class="main" disabled={busy || !fits}>
          {busy ? 'Mengunci ulang...' : 'Ganti'}
        </button>
      </form>
    </details>
  );
}

function Codes({ me, onChanged, act }: ViewProps & { readonly act: Act }) {
  const [secret, setSecret] = useState<string>();
  const [code, setCode] = useState('');

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    await act(
      async () => {
        await api.totp(me.totp ? { step: 'remove', code } : { step: 'confirm', secret: secret ?? '', code });
        setCode('');
        setSecret(undefined);
        onChanged({ ...me, totp: !me.totp });
      },
      me.totp ? 'Kode sekali pakai dimatikan.' : 'Kode sekali pakai menyala. Lain kali masuk, kode akan diminta.',
    );
  }

  return (
    <details>
      <summary>Kode sekali pakai (TOTP): {me.totp ? 'menyala' : 'mati'}</summary>
      {me.totp || secret !== undefined ? (
        <form onSubmit={(event) => void submit(event)}>
          {secret === undefined ? null : (
            <p>
              Masukkan kunci ini di aplikasi autentikator: <code class="link">{secret}</code>
            </p>
          )}
          <label for="totp-code">Kode 6 angka</label>
          <input
            id="totp-code"
            inputMode="numeric"
            autocomplete="one-time-code"
            pattern="[0-9]{6}"
            required
            value={code}
            onInput={({ currentTarget }) => setCode(currentTarget.value)}
          />
          <button type="submit" class="main">
            {me.totp ? 'Matikan' : 'Nyalakan'}
          </button>
        </form>
      ) : (
        <button
          type="button"
          onClick={() => void act(async () => setSecret((await api.totp({ step: 'begin' })).secret))}
        >
          Mulai
        </button>
      )}
    </details>
  );
}
