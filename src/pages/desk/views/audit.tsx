import { api } from '../api.ts';
import { showAuditTime } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Title } from '../parts/title.tsx';
import { useLoaded } from '../parts/use-loaded.ts';

/** The audit chain, newest first. It names acts and people of the desk, never what a report says. */
export function Audit() {
  const { value, trouble } = useLoaded(api.audit);
  return (
    <div class="card">
      <Title>Jejak</Title>
      {trouble === undefined ? null : <Notice kind="trouble">{trouble}</Notice>}
      {value === undefined ? null : (
        <>
          <Notice kind={value.verified ? 'good' : 'trouble'}>
            {value.verified
              ? 'Rantai jejak utuh: tidak ada baris yang diubah atau dibuang.'
              : 'Rantai jejak putus: ada baris yang diubah atau dibuang. Hubungi pengelola.'}
          </Notice>
          <Scroll label="Jejak">
            <table>
              <thead>
                <tr>
                  <th scope="col">No.</th>
                  <th scope="col">Waktu</th>
                  <th scope="col">Pelaku</th>
                  <th scope="col">Kejadian</th>
                  <th scope="col">Keterangan</th>
                </tr>
              </thead>
              <tbody>
                {value.entries.map((entry) => (
                  <tr key={entry.seq}>
                    <td>{entry.seq}</td>
                    <td>{showAuditTime(entry.at)}</td>
                    <td>{entry.actor}</td>
                    <td>{entry.event}</td>
                    <td>{entry.detail}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </div>
  );
}
