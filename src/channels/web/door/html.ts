/** What the server adds to the page: the formal channels, which must be there without JavaScript too. */
import type { Knowledge } from '../../../knowledge/knowledge.ts';

const PLACE = '<!--channels-->';

/** The page with the channels and deadlines of authorities.yaml in their place. */
export const withChannels = (page: string, knowledge: Knowledge): string =>
  page.replace(PLACE, () => channels(knowledge));

/** What stands at `/lapor` where the page is not built: without it nothing can be sealed. */
export const notBuilt = (knowledge: Knowledge): string => `<!doctype html>
<html lang="id">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Belum siap - Tanya Netral</title>
  </head>
  <body>
    <main>
      <h1>Halaman ini belum siap</h1>
      <p>Kiriman tertutup lewat web belum bisa dipakai di server ini. Coba lagi nanti, atau pakai jalur resmi.</p>
      <h2>Jalur resmi</h2>
      ${channels(knowledge)}
    </main>
  </body>
</html>
`;

function channels({ authorities: { channels: ways, deadlines } }: Knowledge): string {
  const items = ways.map(
    ({ name, address, use_for, seen_on }) =>
      `<li><strong>${asText(name)}</strong> (${asText(address)}): ${asText(use_for)} [${asText(seen_on)}]</li>`,
  );
  const limits = deadlines.map(({ title, text }) => `<li>${asText(title)}: ${asText(text)}</li>`);
  return `<p>Dalam kurung siku: kapan terakhir terlihat di sumber.</p>
<ul>${items.join('\n')}</ul>
<p>Batas waktu:</p>
<ul>${limits.join('\n')}</ul>`;
}

const asText = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
