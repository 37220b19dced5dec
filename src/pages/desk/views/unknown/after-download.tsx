import { useEffect, useRef, useState } from 'preact/hooks';

interface AfterDownloadProps {
  readonly file: string;
  readonly onDone: () => Promise<void>;
}

/** What to do with a patch, and whether the questions are dealt with. */
export function AfterDownload({ file, onDone }: AfterDownloadProps) {
  const [busy, setBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="notice">
      <h2 ref={heading} tabIndex={-1}>
        Tambalan diunduh
      </h2>
      <p>
        Di folder program, jalankan <code>git apply {file}</code>, lalu <code>npm run check</code>. Pemeriksaan penuh
        juga melihat apakah aturan lain ikut terganggu.
      </p>
      <button
        type="button"
        disabled={busy}
        onClick={() => {
          setBusy(true);
          void onDone().finally(() => setBusy(false));
        }}
      >
        Tandai pertanyaannya selesai
      </button>
    </section>
  );
}
