/** Picking evidence: for a tip, and for what is added to one. */
import { useRef, useState } from 'preact/hooks';
import { MOST_FILES } from '../../../channels/web/door/contract.ts';
import { type Evidence, type Picked, readEvidence } from './evidence.ts';
import { Trouble } from './trouble.tsx';

type Refusal = Extract<Picked, { kind: 'refused' }>['why'];
type Doubtful = Extract<Picked, { kind: 'warn' }>;

const REFUSALS: Readonly<Record<Refusal, string>> = {
  type: 'Jenis berkas ini tidak kami terima. Yang bisa: foto, PDF, Word, Excel, teks, rekaman suara, dan video.',
  'too-big': 'Berkas ini terlalu besar: paling besar 10 MB satu berkas, dan 20 MB semuanya.',
  count: `Sudah penuh: paling banyak ${MOST_FILES} berkas.`,
  unreadable: 'Berkas ini kosong atau rusak, jadi tidak bisa dibaca.',
};

const WARNINGS: Readonly<Record<Doubtful['what'], string>> = {
  picture:
    'Peramban Anda tidak mengizinkan foto ini dibersihkan. Di dalamnya bisa ada lokasi, waktu, dan jenis kamera.',
  document: 'Dokumen tidak bisa kami bersihkan. Di dalamnya bisa ada nama pembuat, kantor, atau riwayat perubahan.',
  sound:
    'Rekaman suara tidak bisa kami bersihkan. Suara Anda bisa dikenali, dan berkasnya bisa memuat jenis perangkat.',
  video: 'Video tidak bisa kami bersihkan. Di dalamnya bisa ada lokasi, waktu, dan suara Anda.',
};

interface FilePickerProps {
  readonly files: readonly Evidence[];
  readonly change: (files: readonly Evidence[]) => void;
  /** Told while files are being prepared. */
  readonly busy: (busy: boolean) => void;
}

export function FilePicker({ files, change, busy }: FilePickerProps) {
  const [working, setWorking] = useState(false);
  const [refusals, setRefusals] = useState<ReadonlySet<Refusal>>(new Set());
  const [doubtful, setDoubtful] = useState<readonly Doubtful[]>([]);
  const input = useRef<HTMLInputElement>(null);
  /** As it is now: while files are being prepared, others may be picked or removed. */
  const kept = useRef(files);
  const asked = useRef(doubtful);
  const queue = useRef(Promise.resolve());

  const keep = (all: readonly Evidence[]) => {
    kept.current = all;
    change(all);
  };
  const ask = (all: readonly Doubtful[]) => {
    asked.current = all;
    setDoubtful(all);
  };
  const work = (on: boolean) => {
    setWorking(on);
    busy(on);
  };
  const take = async (list: readonly File[]) => {
    work(true);
    const refused = new Set<Refusal>();
    for (const file of list) {
      const picked = await readEvidence(file, [...kept.current, ...asked.current.map(({ evidence }) => evidence)]);
      if (picked.kind === 'taken') keep([...kept.current, picked.evidence]);
      else if (picked.kind === 'warn') ask([...asked.current, picked]);
      else refused.add(picked.why);
    }
    setRefusals(refused);
    work(false);
  };
  const decide = (one: Doubtful, wanted: boolean) => {
    if (wanted) keep([...kept.current, one.evidence]);
    ask(asked.current.filter((other) => other !== one));
    input.current?.focus();
  };
  const remove = (one: Evidence) => {
    keep(kept.current.filter((other) => other !== one));
    input.current?.focus();
  };

  return (
    <>
      <p>
        <label class="button">
          Tambah foto atau berkas
          <input
            ref={input}
            type="file"
            class="sr"
            multiple
            onChange={({ currentTarget }) => {
              const list = [...(currentTarget.files ?? [])];
              currentTarget.value = '';
              queue.current = queue.current.then(() => take(list));
            }}
          />
        </label>
      </p>
      <p role="status">{working ? 'Sedang disiapkan ...' : ''}</p>
      {[...refusals].map((why) => (
        <Trouble key={why}>
          <p>{REFUSALS[why]}</p>
        </Trouble>
      ))}
      {doubtful.map((one) => (
        <Trouble key={one.evidence.key}>
          <p>
            {WARNINGS[one.what]} Tetap sertakan {one.evidence.name} ({sizeOf(one.evidence)})?
          </p>
          <div class="buttons">
            <button type="button" onClick={() => decide(one, true)}>
              Tetap sertakan
            </button>
            <button type="button" onClick={() => decide(one, false)}>
              Jangan
            </button>
          </div>
        </Trouble>
      ))}
      <ul class="plain evidence">
        {files.map((file, index) => (
          <li key={file.key}>
            <span>{describe(file, index)}</span>
            <button type="button" aria-label={`Hapus ${describe(file, index)}`} onClick={() => remove(file)}>
              Hapus
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function sizeOf({ bytes: { length } }: Evidence): string {
  if (length < 100_000) return `${Math.max(1, Math.round(length / 1000))} kB`;
  return `${(length / 1_000_000).toFixed(1).replace('.', ',')} MB`;
}

/** As lists show it: its own name is gone, so it is told by its place. */
export const describe = (file: Evidence, index: number): string =>
  `${index + 1}. ${file.name}, ${sizeOf(file)}, ${file.clean ? 'sudah dibersihkan' : 'apa adanya'}`;
