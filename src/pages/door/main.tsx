/** The door for tips: `/lapor` takes one, `/lapor/cek` opens a receipt. Nothing is kept in the browser. */
import { render } from 'preact';
import { at } from './api.ts';
import { Check } from './check/check.tsx';
import { Cleared } from './parts/cleared.tsx';
import { CLEARED } from './parts/leaving.ts';
import { Unsafe } from './parts/unsafe.tsx';
import { TipPages } from './tip/tip-pages.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');

const checks = location.pathname.endsWith('/cek');
document.getElementById(checks ? 'to-check' : 'to-tip')?.setAttribute('aria-current', 'page');
if (checks) document.title = 'Cek tanda terima - Tanya Netral';

function page() {
  // without https the page itself could have been changed on its way, and browsers give it no cryptography
  if (!isSecureContext) return <Unsafe />;
  if (location.search === CLEARED) return <Cleared again={at('lapor')} />;
  return checks ? <Check /> : <TipPages />;
}

root.replaceChildren();
render(page(), root);

// what a browser keeps of a page that was left must hold nothing; it may come back when "back" is pressed
addEventListener('pagehide', () => render(null, root));
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
