import { useEffect, useState } from 'preact/hooks';
import { showDay } from '../../parts/format.ts';
import { saveFile } from '../../parts/save-file.ts';
import { showBytes } from './words.ts';

interface EvidenceProps {
  readonly file: {
    /** Safe to save under. */
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    readonly entry: { readonly day: string };
  };
}

/** Kinds that are shown. The type came sealed from the reporter: what can carry a script (SVG, HTML, PDF) is saved, never shown. */
const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

export function Evidence({ file: { name, type, bytes, entry } }: EvidenceProps) {
  return (
    <li>
      {PICTURES.includes(type) ? <Picture name={name} type={type} bytes={bytes} /> : null}
      <p class="facts">
        <span>{name}</span>
        <span>{showDay(entry.day)}</span>
        <span>{showBytes(bytes.length)}</span>
      </p>
      <button
        type="button"
        class="no-print"
        onClick={() => saveFile(name, 'application/octet-stream', bytes.slice())}
        aria-label={`Simpan ${name}`}
      >
        Simpan
      </button>
    </li>
  );
}

function Picture({ name, type, bytes }: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes.slice()], { type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return url === undefined ? null : <img src={url} alt={`Bukti dari pelapor: ${name}`} />;
}
