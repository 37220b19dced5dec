import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CaseDetail } from '../../../../channels/web/desk/contract.ts';
import { WorkerError } from '../../../shared/worker-call.ts';
import { api, DeskError } from '../../api.ts';
import { keys } from '../../keys/keys.ts';
import { troubleOf } from '../../parts/trouble.ts';
import { type Damaged, type OpenedCase, openEntries, sortOut } from './open-case.ts';
import type { CaseStore } from './store.ts';

type Row = CaseDetail['entries'][number];

export interface LoadedCase extends OpenedCase {
  readonly detail: CaseDetail;
  /** Large files that have not been fetched yet. */
  readonly waiting: readonly Row[];
}

export interface UseCase {
  readonly loaded: LoadedCase | undefined;
  readonly trouble: string | undefined;
  readonly reload: () => Promise<void>;
  /** Fetches and opens large files, one after another. Gives the case with them. */
  readonly fetchLarge: (ids: readonly string[]) => Promise<LoadedCase | undefined>;
}

/** Files up to this many sealed bytes are fetched by themselves: photos. Larger ones when they are wanted. */
const BY_ITSELF = 2_500_000;

/** One case, read and opened. Reading it is written into the audit chain, and the reporter sees it as opened. */
export function useCase(store: CaseStore, id: string): UseCase {
  const [loaded, setLoaded] = useState<LoadedCase>();
  const [trouble, setTrouble] = useState<string>();
  // what is fetched one after another must not bring back an older reading
  const current = useRef<LoadedCase | undefined>(undefined);
  const put = useCallback((now: LoadedCase) => {
    current.current = now;
    setLoaded(now);
  }, []);

  const reload = useCallback(async () => {
    try {
      const detail = await api.caseDetail(id);
      const opened = await openEntries(id, detail.wrapped, detail.entries.filter(isSmall));
      // large files that were opened before stay open: an entry never changes
      put(withLarge({ detail, ...opened, waiting: detail.entries.filter(isLarge) }, current.current));
      setTrouble(undefined);
      store.seen(detail);
    } catch (error) {
      if (error instanceof WorkerError && error.ended) return;
      if (error instanceof DeskError && ['not-found', 'forbidden'].includes(error.why)) store.forget(id);
      setTrouble(error instanceof WorkerError ? LOCKED : troubleOf(error));
    }
  }, [store, id, put]);
  useEffect(() => void reload(), [reload]);

  const fetchLarge = useCallback(
    async (ids: readonly string[]) => {
      for (const entry of ids) {
        const wrapped = current.current?.detail.wrapped;
        if (wrapped === undefined || !waits(current.current, entry)) continue;
        const opened = await keys.call('openLarge', id, wrapped, entry, await api.entry(id, entry));
        const row = waits(current.current, entry);
        if (current.current !== undefined && row) put(joined(current.current, row, sortOut([row], [opened])));
      }
      return current.current;
    },
    [id, put],
  );

  const there = loaded !== undefined;
  useEffect(() => {
    if (!there) return;
    const photos = current.current?.waiting.filter(({ size }) => size <= BY_ITSELF) ?? [];
    // what does not come can be asked for again with its button
    void fetchLarge(photos.map((row) => row.id)).catch(() => {});
  }, [there, fetchLarge]);
  return { loaded, trouble, reload, fetchLarge };
}

const waits = (now: LoadedCase | undefined, entry: string): Row | undefined =>
  now?.waiting.find(({ id }) => id === entry);

const LOCKED =
  'Kunci kasus ini tidak terbuka dengan kunci Anda: rusak, atau milik orang lain. Minta rekan memberi akses lagi di Tim.';

const isSmall = (row: Row): row is Row & { readonly sealed: string } => row.sealed !== undefined;
const isLarge = (row: Row): boolean => row.sealed === undefined;

function joined(now: LoadedCase, row: Row, { entries, damaged }: OpenedCase): LoadedCase {
  return {
    ...now,
    entries: [...now.entries, ...entries].sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1)),
    damaged: [...now.damaged, ...damaged],
    waiting: now.waiting.filter(({ id }) => id !== row.id),
  };
}

function withLarge(fresh: LoadedCase, before: LoadedCase | undefined): LoadedCase {
  let now = fresh;
  for (const row of fresh.waiting) {
    const entries = before?.entries.filter(({ id }) => id === row.id) ?? [];
    const damaged: readonly Damaged[] = before?.damaged.filter(({ id }) => id === row.id) ?? [];
    if (entries.length + damaged.length > 0) now = joined(now, row, { entries, damaged });
  }
  return now;
}
