import { useCallback, useState } from 'preact/hooks';
import { DeskError } from '../../api.ts';
import { troubleOf } from '../../parts/trouble.ts';
import type { CaseStore } from './store.ts';

const STALE =
  'Kasus ini baru saja diubah orang lain. Isi terbaru sudah dimuat, dan yang Anda ketik masih ada. Periksa, lalu kirim lagi.';

export interface Act {
  readonly busy: boolean;
  /** Does it, says what came of it, and reads the case again. False where it was refused. `said` undefined: somebody else says it. */
  readonly run: (work: () => Promise<unknown>, said: string | undefined) => Promise<boolean>;
}

/** A change of a case: where somebody else was first, the case is read again and nothing that was typed is lost. */
export function useAct(store: CaseStore, reload: () => Promise<void>): Act {
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (work: () => Promise<unknown>, said: string | undefined) => {
      setBusy(true);
      store.hush();
      try {
        await work();
        if (said !== undefined) store.say('good', said);
        await reload();
        return true;
      } catch (error) {
        const stale = error instanceof DeskError && error.why === 'stale';
        if (stale) await reload();
        store.say('trouble', stale ? STALE : troubleOf(error));
        return false;
      } finally {
        setBusy(false);
      }
    },
    [store, reload],
  );
  return { busy, run };
}
