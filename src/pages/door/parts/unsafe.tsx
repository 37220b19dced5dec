import { Title } from './title.tsx';

/** Where the page did not come over https. */
export function Unsafe() {
  return (
    <div class="card">
      <Title>Sambungan ini tidak aman</Title>
      <p>
        Halaman ini terbuka tanpa https, jadi tidak bisa mengunci kiriman Anda. Jangan mengirim apa pun dari sini. Buka
        alamat yang diawali https, atau pakai jalur resmi di bawah.
      </p>
    </div>
  );
}
