import { useEffect, useMemo, useRef } from 'preact/hooks';
import { showNumber } from '../../parts/format.ts';
import { Notice } from '../../parts/notice.tsx';
import { Title } from '../../parts/title.tsx';
import { ageOf } from './due.ts';
import { filtered } from './filter.ts';
import { Filters } from './filters.tsx';
import { Item } from './item.tsx';
import { useShortcuts } from './shortcuts.ts';
import type { CaseStore } from './store.ts';

const A_PAGE = 50;

/** All cases that this officer can open, the urgent reading first. */
export function List({ store }: { readonly store: CaseStore }) {
  const { rows, filter, trouble, limits } = store;
  const found = useMemo(() => filtered(rows ?? [], filter, ageOf), [rows, filter]);
  const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
  const page = Math.min(store.page, pages - 1);
  const shown = found.slice(page * A_PAGE, (page + 1) * A_PAGE);
  const ids = shown.map(({ item }) => item.id).join(' ');
  useEffect(() => store.show(ids === '' ? [] : ids.split(' ')), [store, ids]);
  useEffect(() => {
    store.order = found.map(({ item }) => item.id);
  }, [store, found]);
  const there = rows !== undefined;
  useEffect(() => {
    // where somebody comes back from a case, they go on from there
    if (there && store.last !== undefined) linkTo(store.last)?.focus();
  }, [store, there]);
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    '/': () => document.getElementById('search')?.focus(),
  });

  return (
    <div class="card cases">
      <Title>Kasus</Title>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {rows === undefined ? (
        trouble === undefined ? (
          <p class="muted">Memuat daftar...</p>
        ) : null
      ) : (
        <>
          <Filters store={store} rows={rows} />
          <Progress store={store} />
          <p role="status" class="muted">
            {rows.length === 0
              ? 'Belum ada kasus yang bisa Anda buka.'
              : `${showNumber(found.length)} kasus${found.length === rows.length ? '' : ` dari ${showNumber(rows.length)}`}`}
          </p>
          <ul class="inbox" aria-label="Daftar kasus">
            {shown.map((row) => (
              <Item key={row.item.id} row={row} limits={limits} />
            ))}
          </ul>
          {pages === 1 ? null : (
            <nav class="row" aria-label="Halaman daftar">
              <button type="button" disabled={page === 0} onClick={() => store.setPage(page - 1)}>
                Sebelumnya
              </button>
              <p class="muted">
                Halaman {showNumber(page + 1)} dari {showNumber(pages)}
              </p>
              <button type="button" disabled={page + 1 >= pages} onClick={() => store.setPage(page + 1)}>
                Berikutnya
              </button>
            </nav>
          )}
        </>
      )}
    </div>
  );
}

/** How far the opening has come: shown all the time, but said aloud only a few times, because it would talk without end. */
function Progress({ store }: { readonly store: CaseStore }) {
  const { open, all } = store.progress;
  // fewer are open before anybody could hear of it
  const long = useRef(false);
  if (all - open > A_PAGE) long.current = true;
  const quarter = all === 0 ? 4 : Math.floor((4 * open) / all);
  return (
    <>
      {open === all ? null : (
        <p class="opening muted">
          <progress value={open} max={all} aria-label="Membuka kasus" />{' '}
          <span>
            Membuka {showNumber(open)} dari {showNumber(all)}. Pencarian baru lengkap sesudah semua terbuka.
          </span>
        </p>
      )}
      <p role="status" class="sr">
        {!long.current ? '' : quarter === 4 ? 'Semua kasus sudah bisa dicari.' : SPOKEN[quarter]}
      </p>
    </>
  );
}

const SPOKEN = [
  'Kasus sedang dibuka.',
  'Seperempat kasus sudah terbuka.',
  'Setengah kasus sudah terbuka.',
  'Tiga perempat kasus sudah terbuka.',
];

const linkTo = (id: string): HTMLElement | null => document.getElementById(`case-${id}`);

/** To the next or the one before; from elsewhere to the first. */
function step(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('.case-link')];
  const at = links.findIndex((link) => link.matches(':focus'));
  const to = at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by));
  links[to]?.focus();
}
