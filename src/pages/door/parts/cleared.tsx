import { useChannels } from './channels.ts';
import { Title } from './title.tsx';

/** After "Tutup dan bersihkan". */
export function Cleared({ again }: { readonly again: string }) {
  useChannels('hidden');
  return (
    <div class="card">
      <Title>Sudah bersih</Title>
      <p>
        Halaman ini tidak lagi memegang apa pun, dan di perangkat ini tidak ada yang disimpan. Tab ini boleh ditutup.
      </p>
      <p>
        Riwayat peramban masih mencatat bahwa alamat ini pernah dibuka. Di perangkat bersama, hapus juga riwayat itu,
        atau lain kali pakai mode penyamaran.
      </p>
      <p>
        <a href={again}>Kembali ke awal</a>
      </p>
    </div>
  );
}
