import type { ReportLimit } from '../../../../desk/deadlines.ts';
import { leavesSoon } from '../../../../reports/keeping.ts';
import { nickname } from '../../../../sealing/receipt.ts';
import { showDay, showNumber } from '../../parts/format.ts';
import { ageOf, dueOf, today } from './due.ts';
import type { Row } from './row.ts';
import { KIND_WORDS, STATUS_WORDS, showAge, showLeft, showUnit } from './words.ts';

/** One case of the list. */
export function Item({ row, limits }: { readonly row: Row; readonly limits: readonly ReportLimit[] }) {
  const { item, name, texts, damaged } = row;
  const due = dueOf(item, limits);
  return (
    <li class={item.unread > 0 ? 'unread' : ''}>
      <a class="case-link" id={`case-${item.id}`} href={`#/kasus/${item.id}`}>
        {item.unread > 0 ? <span class="dot" aria-hidden="true" /> : null}
        <b>{name}</b>
        {item.unread > 0 ? <span class="sr">, {showNumber(item.unread)} belum dibaca</span> : null}
      </a>
      <p class="beginning">
        {texts === undefined ? (
          <span class="muted">Masih tersegel...</span>
        ) : damaged && texts.title === '' ? (
          <span class="bad">Tidak terbuka dengan kunci Anda</span>
        ) : (
          texts.title || <span class="muted">Tidak diisi</span>
        )}
      </p>
      <p class="facts">
        <span class={`badge ${item.status}`}>{STATUS_WORDS[item.status]}</span>
        <span>{KIND_WORDS[item.kind]}</span>
        <span>{showUnit(item.unit)}</span>
        {texts === undefined || texts.region === '' ? null : <span>{texts.region}</span>}
        <span>
          {showDay(item.day)} ({showAge(ageOf(item.day))})
        </span>
        {due === undefined ? null : (
          <span class={due.left <= 2 ? 'urgent' : ''}>
            Tenggat {showDay(due.until)} ({showLeft(due.left)}): {due.title}
          </span>
        )}
        {item.holds === 0 ? null : <span>{item.holds > 1 ? 'Ditahan' : 'Ditahan 1 dari 2 petugas'}</span>}
        {leavesSoon(item.deletedOn, today()) ? (
          <span class="urgent">Akan dihapus pada {showDay(item.deletedOn)}</span>
        ) : null}
        {item.mergedInto === undefined ? null : <span>Kembaran {nickname(item.mergedInto)}</span>}
        {item.follows === undefined ? null : <span>Tambahan untuk {nickname(item.follows)}</span>}
        {damaged && texts?.title !== '' ? <span class="bad">Ada bagian yang tidak terbuka</span> : null}
      </p>
    </li>
  );
}
