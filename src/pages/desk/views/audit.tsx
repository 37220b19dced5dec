import type { AuditPage, Team } from '../../../channels/web/desk/contract.ts';
import { detailWords } from '../../../desk/audit-words.ts';
import { nickname } from '../../../sealing/receipt.ts';
import { api } from '../api.ts';
import { showActor, showEvent } from '../parts/audit-words.ts';
import { showAuditTime } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Title } from '../parts/title.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { showDetail } from './cases/words.ts';
import { ROLE_NAMES } from './team.tsx';

/** The audit chain, newest first. It names acts and people of the desk, never what a report says. */
export function Audit() {
  const { value, trouble } = useLoaded(load);
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
                  <th scope="col">Kasus</th>
                  <th scope="col">Keterangan</th>
                </tr>
              </thead>
              <tbody>
                {value.entries.map(({ seq, at, actor, event, case: about, detail }) => (
                  <tr key={seq}>
                    <td>{seq}</td>
                    <td>{showAuditTime(at)}</td>
                    <td>{showActor(actor) ?? value.names.get(actor) ?? actor}</td>
                    <td>{showEvent(event)}</td>
                    <td>{about === undefined ? '' : nickname(about)}</td>
                    <td>
                      {detailWords(event, detail) ?? value.names.get(detail) ?? ROLES.get(detail) ?? showDetail(detail)}
                    </td>
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

const ROLES: ReadonlyMap<string, string> = new Map(Object.entries(ROLE_NAMES));

/** With the people's names, which the chain does not hold: they stay with the accounts. */
async function load(): Promise<AuditPage & { readonly names: ReadonlyMap<string, string> }> {
  const [page, { members }]: [AuditPage, Team] = await Promise.all([api.audit(), api.team()]);
  return { ...page, names: new Map(members.map(({ id, name }) => [id, name])) };
}
