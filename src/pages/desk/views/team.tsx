import { useState } from 'preact/hooks';
import type { Role, Team as TeamList } from '../../../channels/web/desk/contract.ts';
import { api } from '../api.ts';
import { showDay, showMoment } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Title } from '../parts/title.tsx';
import { troubleOf } from '../parts/trouble.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import type { ViewProps } from '../view-props.ts';
import { Grant } from './grants.tsx';
import { officeNames } from './office-names.ts';
import { Offices } from './offices.tsx';

export const ROLE_NAMES: Readonly<Record<Role, string>> = { officer: 'Petugas', curator: 'Kurator', admin: 'Admin' };

/** Who works here; the admin invites and retires. */
export function Team({ me }: ViewProps) {
  const { value: team, trouble: loadTrouble, reload } = useLoaded(api.team);
  const [trouble, setTrouble] = useState<string>();
  const [done, setDone] = useState<string>();

  async function act(work: () => Promise<unknown>, said: string): Promise<void> {
    setTrouble(undefined);
    setDone(undefined);
    try {
      await work();
      setDone(said);
      await reload();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  }

  return (
    <div class="card">
      <Title>Tim</Title>
      {loadTrouble === undefined ? null : <Notice kind="trouble">{loadTrouble}</Notice>}
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      {team === undefined ? null : (
        <>
          <Members
            team={team}
            own={me.id}
            grants={me.role === 'officer'}
            {...(me.role === 'admin'
              ? {
                  onRetire: (id: string) =>
                    void act(() => api.retire(id), 'Akun dihentikan. Sesinya langsung berakhir.'),
                }
              : {})}
          />
          {me.role === 'admin' ? (
            <Invitations
              team={team}
              onRevoke={(id) => void act(() => api.revoke(id), 'Undangan dicabut.')}
              onInvited={() => void reload()}
              onTrouble={setTrouble}
            />
          ) : null}
          {me.role === 'admin' ? (
            <Offices
              team={team}
              onChange={(change) => void act(() => api.setUnit(change), `Wilayah ${change.name} disimpan.`)}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

interface MembersProps {
  readonly team: TeamList;
  readonly own: string;
  /** True where the one who looks can give keys of cases to others. */
  readonly grants: boolean;
  readonly onRetire?: (id: string) => void;
}

function Members({ team, own, grants, onRetire }: MembersProps) {
  const [asked, setAsked] = useState<string>();
  return (
    <Scroll label="Anggota tim">
      <table>
        <thead>
          <tr>
            <th scope="col">Nama</th>
            <th scope="col">Peran</th>
            <th scope="col">Kantor</th>
            <th scope="col">Sejak</th>
            {onRetire === undefined ? null : <th scope="col">Tindakan</th>}
            {grants ? <th scope="col">Akses</th> : null}
          </tr>
        </thead>
        <tbody>
          {team.members.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {member.name}
                {member.id === own ? ' (Anda)' : ''}
              </th>
              <td>{ROLE_NAMES[member.role]}</td>
              <td>{member.unit}</td>
              <td>{member.retired ? 'berhenti' : showDay(member.since)}</td>
              {onRetire === undefined ? null : (
                <td>
                  {member.retired || member.id === own ? null : asked === member.id ? (
                    <span class="row">
                      <button type="button" class="danger" onClick={() => onRetire(member.id)}>
                        Ya, hentikan
                      </button>
                      <button type="button" onClick={() => setAsked(undefined)}>
                        Jangan
                      </button>
                    </span>
                  ) : (
                    <button type="button" onClick={() => setAsked(member.id)} aria-label={`Hentikan ${member.name}`}>
                      Hentikan
                    </button>
                  )}
                </td>
              )}
              {grants ? (
                <td>
                  {member.role === 'officer' && !member.retired && member.id !== own ? (
                    <Grant officer={member} />
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

interface InvitationsProps {
  readonly team: TeamList;
  readonly onRevoke: (id: string) => void;
  readonly onInvited: () => void;
  readonly onTrouble: (message: string) => void;
}

function Invitations({ team, onRevoke, onInvited, onTrouble }: InvitationsProps) {
  const [role, setRole] = useState<Role>('officer');
  const [unit, setUnit] = useState('');
  const [link, setLink] = useState<string>();

  async function invite(event: Event): Promise<void> {
    event.preventDefault();
    try {
      setLink((await api.invite({ role, unit })).link);
      onInvited();
    } catch (error) {
      onTrouble(troubleOf(error));
    }
  }

  return (
    <section>
      <h2>Undang orang</h2>
      <form class="inline" onSubmit={(event) => void invite(event)}>
        <label>
          Peran
          <select value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}>
            {Object.entries(ROLE_NAMES).map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label>
          Kantor
          <input
            required
            minLength={2}
            maxLength={120}
            list="offices"
            value={unit}
            onInput={({ currentTarget }) => setUnit(currentTarget.value)}
          />
        </label>
        <datalist id="offices">
          {officeNames(team).map((office) => (
            <option key={office} value={office} />
          ))}
        </datalist>
        <button type="submit" class="main">
          Buat tautan
        </button>
      </form>
      {link === undefined ? null : (
        <div class="plain" role="status">
          <p>Tautan sekali pakai. Berikan langsung kepada orangnya, jangan lewat grup:</p>
          <p>
            <code class="link">{link}</code>
          </p>
          <button type="button" onClick={() => void navigator.clipboard.writeText(link)}>
            Salin
          </button>
        </div>
      )}
      {team.invites.length === 0 ? null : (
        <>
          <h3>Undangan yang belum dipakai</h3>
          <ul class="list">
            {team.invites.map((invite) => (
              <li key={invite.id}>
                {ROLE_NAMES[invite.role]}, {invite.unit}, berlaku sampai {showMoment(invite.expires)}{' '}
                <button type="button" onClick={() => onRevoke(invite.id)}>
                  Cabut
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
