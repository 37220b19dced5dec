import { useCallback, useEffect } from 'preact/hooks';
import type { Me } from '../../../../channels/web/desk/contract.ts';
import { leavesSoon } from '../../../../reports/keeping.ts';
import { nickname } from '../../../../sealing/receipt.ts';
import { showDay, showNumber } from '../../parts/format.ts';
import { Notice } from '../../parts/notice.tsx';
import { Title } from '../../parts/title.tsx';
import { Acts } from './acts.tsx';
import { Compose } from './compose.tsx';
import { Contents } from './contents.tsx';
import { Deadlines } from './deadlines.tsx';
import { ageOf, today } from './due.ts';
import { goTo } from './go-to.ts';
import { History } from './history.tsx';
import { useShortcuts } from './shortcuts.ts';
import type { CaseStore } from './store.ts';
import { useAct } from './use-act.ts';
import { useCase } from './use-case.ts';
import { KIND_WORDS, STATUS_WORDS, showAge, showUnit } from './words.ts';

export interface CaseProps {
  readonly store: CaseStore;
  readonly id: string;
  readonly me: Me;
}

/** One case, with everything that can be done with it. @param again changes where it is to be read again */
export function Detail({ store, id, me, again }: CaseProps & { readonly again: number }) {
  const { loaded, trouble, reload, fetchLarge } = useCase(store, id);
  const act = useAct(store, reload);
  useEffect(() => {
    store.last = id;
  }, [store, id]);
  useEffect(() => {
    if (again > 0) void reload();
  }, [again, reload]);
  const next = useCallback(
    (by: 1 | -1) => {
      const to = store.order[store.order.indexOf(id) + by];
      if (to !== undefined) goTo(`/${to}`);
    },
    [store, id],
  );
  useShortcuts({
    j: () => next(1),
    k: () => next(-1),
    r: () => document.getElementById('answer')?.focus(),
    n: () => document.getElementById('note')?.focus(),
    s: () => {
      document.getElementById('change-status')?.setAttribute('open', '');
      document.getElementById('status')?.focus();
    },
  });
  const newer = loaded !== undefined && (store.row(id)?.item.version ?? 0) > loaded.detail.version;

  return (
    <div class="card case">
      <p class="no-print">
        <a href="#/kasus">Semua kasus</a>
      </p>
      <Title>{nickname(id)}</Title>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {newer ? (
        <div class="toast">
          <Notice kind="plain">Kasus ini baru saja diubah orang lain.</Notice>
          <button type="button" onClick={() => void reload()}>
            Muat ulang
          </button>
        </div>
      ) : null}
      {loaded === undefined ? (
        trouble === undefined ? (
          <p class="muted">Membuka kasus...</p>
        ) : null
      ) : (
        <>
          <Facts detail={loaded.detail} />
          <div class="columns">
            <div>
              <Contents loaded={loaded} fetchLarge={fetchLarge} />
              <Compose loaded={loaded} store={store} me={me} act={act} />
            </div>
            <div>
              <Acts loaded={loaded} store={store} me={me} act={act} />
              <Deadlines detail={loaded.detail} limits={store.limits} />
              <History detail={loaded.detail} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function Facts({ detail }: { readonly detail: NonNullable<ReturnType<typeof useCase>['loaded']>['detail'] }) {
  const { kind, status, unit, day, changed, closed, holds, deletedOn, mergedInto, follows } = detail;
  return (
    <>
      <p class="facts">
        <span class={`badge ${status}`}>{STATUS_WORDS[status]}</span>
        <span>{KIND_WORDS[kind]}</span>
        <span>{showUnit(unit)}</span>
        <span>
          Masuk {showDay(day)} ({showAge(ageOf(day))})
        </span>
        <span>Berubah {showDay(changed)}</span>
        {holds === 0 ? null : <span>Ditahan oleh {showNumber(holds)} petugas (berlaku mulai 2)</span>}
      </p>
      {leavesSoon(deletedOn, today()) ? (
        <Notice kind="plain">
          Kasus ini akan dihapus pada {showDay(deletedOn)}.{' '}
          {closed === undefined
            ? 'Sudah lama tidak ada yang menyentuhnya. Masih perlu? Tulis catatan, ubah statusnya, atau tahan dari penghapusan.'
            : 'Masih perlu? Tahan dari penghapusan (dua petugas).'}
        </Notice>
      ) : null}
      {mergedInto === undefined ? null : (
        <p>
          Kembaran dari <a href={`#/kasus/${mergedInto}`}>{nickname(mergedInto)}</a>
        </p>
      )}
      {follows === undefined ? null : (
        <p>
          Tambahan untuk <a href={`#/kasus/${follows}`}>{nickname(follows)}</a>, dari pelapor yang sama
        </p>
      )}
    </>
  );
}
