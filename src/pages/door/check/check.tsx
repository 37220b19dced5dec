import { useState } from 'preact/hooks';
import type { Receipt } from '../../../sealing/receipt.ts';
import { look } from '../api.ts';
import { useChannels } from '../parts/channels.ts';
import { clearAndLeave, useWarning } from '../parts/leaving.ts';
import { sealer } from '../sealing/sealer.ts';
import { Addition } from './addition.tsx';
import { AskReceipt } from './ask-receipt.tsx';
import { News, type NewsItem } from './news.tsx';

type Stage =
  | { readonly at: 'ask' }
  | { readonly at: 'news'; readonly receipt: Receipt; readonly news: readonly NewsItem[]; readonly added: boolean }
  | { readonly at: 'add'; readonly receipt: Receipt; readonly news: readonly NewsItem[] };

/** `/lapor/cek`: from ten words to what is new, and to adding more. */
export function Check() {
  const [stage, setStage] = useState<Stage>({ at: 'ask' });
  const [unsent, setUnsent] = useState(false);
  useChannels(stage.at === 'ask' ? 'closed' : 'hidden');
  useWarning(unsent);

  if (stage.at === 'ask')
    return (
      <div class="card">
        <AskReceipt
          open={async (receipt) => setStage({ at: 'news', receipt, news: await newsOf(receipt), added: false })}
        />
      </div>
    );
  const { receipt, news } = stage;
  const toNews = (added: boolean) => {
    setUnsent(false);
    setStage({ at: 'news', receipt, news, added });
  };
  return (
    <>
      <div class="card" key={stage.at}>
        {stage.at === 'news' ? (
          <News news={news} added={stage.added} add={() => setStage({ at: 'add', receipt, news })} />
        ) : (
          <Addition receipt={receipt} begun={setUnsent} added={() => toNews(true)} back={() => toNews(false)} />
        )}
      </div>
      <p class="leave">
        <button type="button" onClick={clearAndLeave}>
          Tutup dan bersihkan
        </button>
      </p>
    </>
  );
}

/** On the same day: opened first, closed last. */
const RANK = { opened: 0, answer: 1, 'handed-on': 2, closed: 3 } as const;

/** Throws a `DoorError` where the server cannot be asked. */
async function newsOf(receipt: Receipt): Promise<readonly NewsItem[]> {
  const { news, answers } = await look(await sealer.call('lookup', receipt));
  const opened = answers.length === 0 ? [] : await sealer.call('open', receipt, answers);
  const items: NewsItem[] = [
    ...news,
    ...[...opened].sort((a, b) => a.place - b.place).map(({ day, text }) => ({ kind: 'answer' as const, day, text })),
  ];
  return items.sort((a, b) => a.day.localeCompare(b.day) || RANK[a.kind] - RANK[b.kind]);
}
