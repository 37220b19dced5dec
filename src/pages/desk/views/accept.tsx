import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Invitation, Me, Role } from '../../../channels/web/desk/contract.ts';
import { api } from '../api.ts';
import { keys } from '../keys/keys.ts';
import { NewPassphrase } from '../parts/new-passphrase.tsx';
import { Notice } from '../parts/notice.tsx';
import { RecoveryFile } from '../parts/recovery-file.tsx';
import { Title } from '../parts/title.tsx';
import { troubleOf } from '../parts/trouble.ts';

interface AcceptProps {
  readonly token: string;
  /** True for the first admin of all. */
  readonly first: boolean;
  readonly onDone: (me: Me) => void;
}

const ROLE_TEXTS: Readonly<Record<Role, string>> = {
  officer: 'Petugas: membaca laporan, bertanya balik, memutuskan, meneruskan.',
  curator: 'Kurator: melihat apa yang belum diketahui bot, dan menulis aturannya.',
  admin: 'Admin: mengundang orang dan mengatur kantor. Admin tidak bisa membaca laporan.',
};

/** The first steps of somebody who was invited: their key is made here. */
export function Accept({ token, first, onDone }: AcceptProps) {
  const [invitation, setInvitation] = useState<Invitation>();
  const [name, setName] = useState('');
  const [unit, setUnit] = useState('');
  const [login, setLogin] = useState('');
  const [phrase, setPhrase] = useState({ value: '', repeated: '' });
  const [fits, setFits] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [made, setMade] = useState<Me>();

  useEffect(() => {
    void api
      .invitation(token)
      .then(setInvitation, () =>
        setTrouble(
          'Tautan ini sudah dipakai, dicabut, atau kedaluwarsa. Minta tautan baru kepada yang mengundang Anda.',
        ),
      );
  }, [token]);

  async function accept(event: Event): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setTrouble(undefined);
    try {
      const key = await keys.call('make', login.toLowerCase(), phrase.value);
      setMade(await api.accept({ token, login: login.toLowerCase(), name, ...(first ? { unit } : {}), ...key }));
      setPhrase({ value: '', repeated: '' });
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(false);
    }
  }
  const onFit = useCallback((value: boolean) => setFits(value), []);

  if (made !== undefined)
    return (
      <main class="card narrow">
        <Title>Akun Anda siap</Title>
        <p>
          Kunci Anda dibuat di peramban ini dan terkunci dengan frasa sandi Anda. Server hanya menyimpan yang terkunci.
        </p>
        <RecoveryFile me={made} />
        <button type="button" class="main" onClick={() => onDone(made)}>
          Buka meja
        </button>
      </main>
    );

  return (
    <main class="card narrow">
      <Title>{first ? 'Siapkan meja petugas' : 'Undangan ke meja petugas'}</Title>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {invitation === undefined ? null : (
        <form onSubmit={(event) => void accept(event)}>
          <p>
            {ROLE_TEXTS[invitation.role]}
            {invitation.unit === '' ? '' : ` Kantor: ${invitation.unit}.`}
          </p>
          <label for="name">Nama Anda, seperti dikenal rekan kerja</label>
          <input
            id="name"
            autocomplete="name"
            required
            minLength={2}
            maxLength={120}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          {first ? (
            <>
              <label for="unit">Kantor</label>
              <input
                id="unit"
                autocomplete="organization"
                required
                minLength={2}
                maxLength={120}
                placeholder="Bawaslu Kabupaten ..."
                value={unit}
                onInput={({ currentTarget }) => setUnit(currentTarget.value)}
              />
            </>
          ) : null}
          <label for="login">Nama masuk</label>
          <input
            id="login"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            pattern="[a-zA-Z0-9._\-]{3,40}"
            aria-describedby="login-hint"
            value={login}
            onInput={({ currentTarget }) => setLogin(currentTarget.value.trim())}
          />
          <p id="login-hint" class="hint">
            3 sampai 40 huruf atau angka, tanpa spasi.
          </p>
          <NewPassphrase
            value={phrase.value}
            repeated={phrase.repeated}
            onInput={(value, repeated) => setPhrase({ value, repeated })}
            onFit={onFit}
          />
          <button type="submit" class="main" disabled={busy || !fits}>
            {busy ? 'Membuat kunci...' : 'Buat akun'}
          </button>
        </form>
      )}
    </main>
  );
}
