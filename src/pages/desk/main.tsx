/** The officers' desk. The private key lives in a worker; what is opened with it lives in this page only, and goes when it is locked or left. */
import { render } from 'preact';
import { App } from './app.tsx';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
root.replaceChildren();
render(<App />, root);

// what a browser keeps of a page that was left must hold nothing
addEventListener('pagehide', () => render(null, root));
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
