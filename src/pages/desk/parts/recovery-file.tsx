import type { Me } from '../../../channels/web/desk/contract.ts';
import { SPARE_FILE_FORMAT } from '../../../sealing/passphrase.ts';
import { saveFile } from './save-file.ts';

/**
 * The wrapped key as a file. It helps where the server's copy is lost; it does not help against a forgotten passphrase, and is worth
 * nothing without it.
 */
export function RecoveryFile({ me }: { readonly me: Pick<Me, 'login' | 'salt' | 'wrapped' | 'recipient'> }) {
  const { login, salt, wrapped, recipient } = me;
  const save = () =>
    saveFile(
      `kunci-cadangan-${login}.json`,
      'application/json',
      JSON.stringify({ format: SPARE_FILE_FORMAT, login, salt, wrapped, recipient }, undefined, 2),
    );
  return (
    <section class="plain">
      <h2>Berkas cadangan</h2>
      <p class="hint">
        Simpan di tempat aman, misalnya di flashdisk dalam brankas. Berkas ini tetap terkunci dengan frasa sandi Anda:
        berguna bila data server hilang (dibaca dengan <code>npm run desk -- officer from-browser</code>), tidak berguna
        bila frasa sandi lupa.
      </p>
      <button type="button" onClick={save}>
        Unduh berkas cadangan
      </button>
    </section>
  );
}
