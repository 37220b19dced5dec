import { useState } from 'preact/hooks';
import type { Grants as Offer } from '../../../channels/web/desk/contract.ts';
import { WorkerError } from '../../shared/worker-call.ts';
import { api } from '../api.ts';
import { keys } from '../keys/keys.ts';
import { showNumber } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { troubleOf } from '../parts/trouble.ts';

/** Keys in one request. */
const AT_ONCE = 20;

interface GrantProps {
  readonly officer: { readonly id: string; readonly name: string };
}

type Stage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'asked'; readonly offer: Offer }
  | { readonly kind: 'giving'; readonly done: number; readonly of: number }
  | { readonly kind: 'done'; readonly given: number; readonly failed: number }
  | { readonly kind: 'trouble'; readonly message: string };

/** Keys of older cases for a colleague who came later, wrapped here by one who can open them. */
export function Grant({ officer: { id, name } }: GrantProps) {
  const [stage, setStage] = useState<Stage>({ kind: 'idle' });

  async function doing(work: () => Promise<Stage>): Promise<void> {
    try {
      setStage(await work());
    } catch (error) {
      setStage({ kind: 'trouble', message: troubleOf(error) });
    }
  }

  const ask = () => {
    setStage({ kind: 'busy' });
    return doing(async () => ({ kind: 'asked', offer: await api.grants(id) }));
  };

  const give = ({ recipient, cases }: Offer) =>
    doing(async () => {
      let failed = 0;
      for (let at = 0; at < cases.length; at += AT_ONCE) {
        setStage({ kind: 'giving', done: at, of: cases.length });
        const slice = cases.slice(at, at + AT_ONCE);
        const wraps = (await Promise.all(slice.map((one) => wrap(one.id, one.wrapped, recipient)))).filter(
          (one) => one !== undefined,
        );
        const refused = wraps.length === 0 ? 0 : (await api.grant(id, wraps)).refused.length;
        failed += slice.length - wraps.length + refused;
      }
      return { kind: 'done', given: cases.length - failed, failed };
    });

  switch (stage.kind) {
    case 'idle':
    case 'busy':
      return (
        <button
          type="button"
          disabled={stage.kind === 'busy'}
          onClick={() => void ask()}
          aria-label={`Beri akses kasus lama kepada ${name}`}
        >
          Beri akses kasus lama
        </button>
      );
    case 'asked':
      return stage.offer.cases.length === 0 ? (
        <Notice kind="plain">{name} sudah bisa membuka semua yang bisa Anda buka.</Notice>
      ) : (
        <>
          <p>
            {name} akan bisa membuka {showNumber(stage.offer.cases.length)} kasus lagi, dan itu tidak bisa ditarik
            kembali. Pastikan ini benar orangnya.
          </p>
          <div class="row">
            <button type="button" class="main" onClick={() => void give(stage.offer)}>
              Ya, beri akses
            </button>
            <button type="button" onClick={() => setStage({ kind: 'idle' })}>
              Jangan
            </button>
          </div>
        </>
      );
    case 'giving':
      return (
        <p>
          <progress value={stage.done} max={stage.of} aria-label={`Membungkus kunci untuk ${name}`} />{' '}
          {showNumber(stage.done)} dari {showNumber(stage.of)}
        </p>
      );
    case 'done':
      return (
        <Notice kind={stage.failed === 0 ? 'good' : 'trouble'}>
          {showNumber(stage.given)} kasus diberikan{stage.failed === 0 ? '' : `, ${showNumber(stage.failed)} gagal`}.
        </Notice>
      );
    case 'trouble':
      return <Notice kind="trouble">{stage.message}</Notice>;
    default:
      return stage satisfies never;
  }
}

/** Undefined where the case does not open. */
async function wrap(
  id: string,
  wrapped: string,
  recipient: string,
): Promise<{ readonly case: string; readonly wrapped: string } | undefined> {
  try {
    const [made] = await keys.call('wrapFor', id, wrapped, [recipient]);
    return made === undefined ? undefined : { case: id, wrapped: made };
  } catch (error) {
    if (error instanceof WorkerError && !error.ended) return undefined;
    throw error;
  }
}
