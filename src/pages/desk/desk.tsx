import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Role } from '../../channels/web/desk/contract.ts';
import { api } from './api.ts';
import type { DeskProps, ViewProps } from './view-props.ts';
import { Account } from './views/account.tsx';
import { Audit } from './views/audit.tsx';
import { Cases } from './views/cases/cases.tsx';
import { CaseStore } from './views/cases/store.ts';
import { Charts } from './views/charts/charts.tsx';
import { Team } from './views/team.tsx';
import { UnknownQuestions } from './views/unknown/unknown.tsx';

interface View {
  readonly path: string;
  readonly title: string;
  readonly roles: readonly Role[];
  readonly show: (props: ViewProps) => ComponentChildren;
}

/** The desk's views, in the order of the menu. The server decides what each role gets; this only spares refused requests. */
const VIEWS: readonly View[] = [
  { path: 'kasus', title: 'Kasus', roles: ['officer'], show: (props) => <Cases {...props} /> },
  {
    path: 'tak-terjawab',
    title: 'Belum terjawab',
    roles: ['curator'],
    show: (props) => <UnknownQuestions {...props} />,
  },
  { path: 'tim', title: 'Tim', roles: ['officer', 'curator', 'admin'], show: (props) => <Team {...props} /> },
  {
    path: 'grafik',
    title: 'Grafik',
    roles: ['officer', 'curator', 'admin'],
    show: (props) => <Charts {...props} />,
  },
  { path: 'jejak', title: 'Jejak', roles: ['admin'], show: () => <Audit /> },
  { path: 'akun', title: 'Akun', roles: ['officer', 'curator', 'admin'], show: (props) => <Account {...props} /> },
];

const readHash = (): readonly [string, string] => {
  const [path = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  return [path, rest.join('/')];
};

/** The open desk: a menu by role, and the view that the address names. */
export function Desk(props: DeskProps) {
  const { me, onLock, onLeave } = props;
  const [[path, rest], setPlace] = useState(readHash);
  const [cases] = useState(() => new CaseStore());
  useEffect(() => () => cases.end(), [cases]);
  useEffect(() => {
    const follow = () => setPlace(readHash());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const views = VIEWS.filter(({ roles }) => roles.includes(me.role));
  const view = views.find((known) => known.path === path) ?? views[0];

  async function leave(): Promise<void> {
    await api.signOut().catch(() => {});
    onLeave();
  }

  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('isi')?.focus()}>
        Langsung ke isi
      </button>
      <header class="bar">
        <p class="name">Meja petugas</p>
        <nav aria-label="Menu">
          {views.map(({ path: to, title }) => (
            <a key={to} href={`#/${to}`} {...(to === view?.path ? { 'aria-current': 'page' } : {})}>
              {title}
            </a>
          ))}
        </nav>
        <p class="who">
          {me.name} <span class="muted">{me.unit}</span>
        </p>
        <button type="button" onClick={onLock}>
          Kunci
        </button>
        <button type="button" onClick={() => void leave()}>
          Keluar
        </button>
      </header>
      <main id="isi" tabIndex={-1} key={view?.path}>
        {view?.show({ ...props, rest, cases })}
      </main>
    </>
  );
}
