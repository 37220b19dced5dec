import { useEffect, useState } from 'preact/hooks';
import { Notice } from './notice.tsx';

let lost = false;

/** Something typed was thrown away when the desk was locked. Only that is remembered, never what. */
export const noteLost = (): void => {
  lost = true;
};

/** Says it once, where the desk is opened again. */
export function Lost() {
  const [said, setSaid] = useState(false);
  // the desk that notes it goes after this one has come
  useEffect(() => {
    setSaid(lost);
    lost = false;
  }, []);
  return said ? (
    <Notice kind="plain">Yang Anda ketik dan belum terkirim sudah dihapus dari halaman ini, demi keamanan.</Notice>
  ) : null;
}
