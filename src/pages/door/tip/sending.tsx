import { useMemo, useState } from 'preact/hooks';
import type { Receipt } from '../../../sealing/receipt.ts';
import { Delivery } from '../parts/deliver.ts';
import { Delivering } from '../parts/delivering.tsx';
import { clearAndLeave } from '../parts/leaving.ts';
import { today } from './day-words.ts';
import { ReceiptPages } from './receipt-pages.tsx';
import { type Tip, textsOf } from './tip.ts';

interface SendingProps {
  readonly tip: Tip;
  /** It is stored: the page need not hold it any longer. */
  readonly forget: () => void;
  /** The receipt is written down. */
  readonly done: () => void;
  readonly back: () => void;
}

/** Seals, sends, and then shows the receipt. */
export function Sending({ tip, forget, done, back }: SendingProps) {
  const [receipt, setReceipt] = useState<Receipt>();
  const delivery = useMemo(() => new Delivery(toSeal(tip)), []);
  return (
    <>
      <div class="card">
        {receipt === undefined ? (
          <Delivering
            delivery={delivery}
            delivered={(parcel) => {
              setReceipt(parcel.receipt);
              forget();
            }}
            back={back}
          />
        ) : (
          <ReceiptPages receipt={receipt} done={done} />
        )}
      </div>
      {receipt === undefined && (
        <p class="leave">
          <button type="button" onClick={clearAndLeave}>
            Batal dan bersihkan
          </button>
        </p>
      )}
    </>
  );
}

/** The four answers always, so that what was skipped does not show from outside. */
function toSeal(tip: Tip) {
  const { what, who, where, when } = textsOf(tip);
  return {
    day: today(),
    texts: [
      { part: 'what' as const, text: what },
      { part: 'who' as const, text: who },
      { part: 'where' as const, text: where },
      { part: 'when' as const, text: when },
    ],
    files: tip.files.map(({ name, type, bytes }) => ({ name, type, bytes })),
  };
}
