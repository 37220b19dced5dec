import { Title } from '../parts/title.tsx';
import { asWords } from '../tip/day-words.ts';

export type NewsItem =
  | { readonly kind: 'opened' | 'handed-on' | 'closed'; readonly day: string }
  | { readonly kind: 'answer'; readonly day: string; readonly text: string };

const EVENTS = {
  opened: 'Petugas sudah membuka kiriman Anda.',
  'handed-on': 'Kiriman Anda sudah diteruskan ke yang berwenang.',
  closed: 'Petugas sudah menutup kiriman ini.',
} as const;

interface NewsProps {
  readonly news: readonly NewsItem[];
  /** True when something has just been added. */
  readonly added: boolean;
  readonly add: () => void;
}

/** What officers did and wrote. An unknown receipt shows the same as one without news. */
export function News({ news, added, add }: NewsProps) {
  return (
    <>
      <Title>{news.length === 0 ? 'Belum ada kabar' : 'Kabar untuk Anda'}</Title>
      {added && (
        <p class="notice good" role="status">
          Tambahan Anda sudah diterima. Tanda terimanya tetap yang tadi.
        </p>
      )}
      {news.length === 0 ? (
        <p>Belum ada kabar untuk sepuluh kata ini. Cek lagi beberapa hari kemudian.</p>
      ) : (
        <ul class="plain news">
          {news.map((item, index) => (
            <li key={index}>
              <span class="day">{asWords(item.day)}</span>
              {item.kind === 'answer' ? `Jawaban petugas: ${item.text}` : EVENTS[item.kind]}
            </li>
          ))}
        </ul>
      )}
      <div class="buttons">
        <button type="button" class="main" onClick={add}>
          Tambah keterangan
        </button>
      </div>
    </>
  );
}
