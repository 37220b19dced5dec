/**
 * The chat page: what is written goes to an outbox, the outbox goes to `POST api/chat`, the replies come into the log.
 *
 * Nothing is kept on the device but, where the person ticks it, the session's id. Texts become text nodes, never markup. A message
 * stays in the outbox until it is answered, so that no trouble loses it.
 *
 * @typedef {{ label: string, send: string }} Choice
 * @typedef {{ text: string, markup: string, choices: Choice[] }} Reply
 * @typedef {{ session: string, replies: Reply[] }} Answer
 * @typedef {{ kind: 'answer', answer: Answer }
 *   | { kind: 'later', message: string, seconds?: number }
 *   | { kind: 'refused', message: string }} Result
 * @typedef {{ kind: 'greet' | 'forget', send: string }
 *   | { kind: 'said', send: string, label: string, message: HTMLElement }} Outgoing
 */

const STORED_SESSION = 'tanya-netral.session';
/** As the server makes them. */
const SESSION = /^[\w-]{43}$/;
/** Longest question, in UTF-16 units, as src/conversation/respond.ts has it; the counter appears at COUNT_FROM. */
const MAX_TEXT = 2000;
const COUNT_FROM = 1500;
/** How lines of a list begin, and lines that go on with the entry above. */
const BULLET = '• ';
const INDENT = '  ';
/** Pixels from the end of the log that still count as its end. */
const NEAR_END = 48;
/** Milliseconds. */
const ANSWER_TIMEOUT = 20_000;
const TYPING_AFTER = 250;

const EXAMPLES = [
  'Boleh like unggahan calon?',
  'Disuruh atasan memilih paslon, harus bagaimana?',
  'PPPK boleh hadir kampanye?',
  'Istri saya caleg, apa yang boleh?',
];

/**
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
function part(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`index.html has no ${type.name} #${id}`);
  return found;
}

const log = part('log', HTMLElement);
const scroller = part('scroller', HTMLElement);
const typing = part('typing', HTMLElement);
const composer = part('composer', HTMLFormElement);
const text = part('text', HTMLTextAreaElement);
const send = part('send', HTMLButtonElement);
const limit = part('limit', HTMLElement);
const count = part('count', HTMLElement);
const menu = part('menu', HTMLElement);
const menuButton = part('menu-button', HTMLButtonElement);
const remember = part('remember', HTMLInputElement);

// --- Elements ---------------------------------------------------------------------------------------------------

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * @param {string} label
 * @param {() => void} press
 */
function button(label, press) {
  const made = element('button', '', label);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/**
 * A reply's text: `**bold**`, lines, lists and https links; everything else is text.
 *
 * @param {string} markup
 */
function richText(markup) {
  const body = element('div', 'bubble');
  /** @type {Node[][]} */
  const lines = [[]];
  markup.split(/\*\*(.+?)\*\*/s).forEach((run, index) => {
    run.split('\n').forEach((piece, i) => {
      if (i > 0) lines.push([]);
      const nodes = withLinks(piece);
      if (nodes.length > 0) lines.at(-1)?.push(...(index % 2 === 1 ? [element('strong', '', ...nodes)] : nodes));
    });
  });
  let apart = false;
  /** @type {HTMLUListElement | undefined} */
  let list;
  for (const nodes of lines) {
    const [first] = nodes;
    const start = first instanceof Text ? first.data.slice(0, 2) : '';
    const className = apart && body.childElementCount > 0 ? 'apart' : '';
    apart = first === undefined;
    if (apart) {
      list = undefined;
    } else if (start === BULLET) {
      if (list === undefined) {
        list = element('ul', className);
        body.append(list);
      }
      list.append(element('li', '', ...nodes));
    } else if (start === INDENT && list?.lastChild instanceof HTMLLIElement) {
      list.lastChild.append(document.createElement('br'), ...nodes);
    } else {
      list = undefined;
      const heading = body.childElementCount === 0 && isHeading(nodes);
      body.append(element('p', heading ? 'lead' : className, ...nodes));
    }
    if (first instanceof Text && list !== undefined) first.data = first.data.slice(2);
  }
  return body;
}

/**
 * A first line that is bold, with at most an emoji before it ("⛔ **TIDAK BOLEH**").
 *
 * @param {Node[]} nodes
 */
const isHeading = (nodes) =>
  nodes.at(-1)?.nodeName === 'STRONG' &&
  nodes.slice(0, -1).every((node) => !/[\p{L}\p{N}]/u.test(node.textContent ?? ''));

/**
 * @param {string} run
 * @returns {Node[]}
 */
function withLinks(run) {
  return run
    .split(/(https:\/\/[^\s<>"]*[^\s<>"()[\]{}.,;:!?'])/)
    .map((piece, index) => {
      if (index % 2 === 0) return document.createTextNode(piece);
      const link = element('a', '', piece);
      link.href = piece;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      return link;
    })
    .filter((node) => node.textContent !== '');
}

/** @param {Choice[]} choices */
function choiceList(choices) {
  const list = element('ul', 'choices');
  list.setAttribute('role', 'list'); // Safari drops the role where list-style is none
  list.setAttribute('aria-label', 'Pilihan');
  for (const { label, send: command } of choices)
    list.append(
      element(
        'li',
        '',
        button(label, () => say(command, label)),
      ),
    );
  return list;
}

// --- The log ----------------------------------------------------------------------------------------------------

/**
 * Brings a message to the top of the view, or as near to it as the log is long: a long answer is read from its beginning.
 *
 * @param {HTMLElement | undefined} message
 */
const reveal = (message) => message?.scrollIntoView({ block: 'start' });

/**
 * @param {string} label
 * @returns {HTMLElement}
 */
function showMine(label) {
  const message = element('div', 'message mine', element('span', 'sr', 'Anda: '), element('div', 'bubble', label));
  log.append(message);
  reveal(message);
  return message;
}

/**
 * @param {Reply[]} replies
 * @returns {HTMLElement | undefined} the first of the messages
 */
function showReplies(replies) {
  const messages = replies.map(({ markup, choices }) => {
    const message = element('div', 'message bot', element('span', 'sr', 'Tanya Netral: '), richText(markup));
    if (choices.length > 0) message.append(choiceList(choices));
    return message;
  });
  log.append(...messages);
  return messages[0];
}

/**
 * Puts questions to try below the greeting, before its own choices: the first of them are to be seen on a phone without scrolling.
 *
 * @param {HTMLElement | undefined} greeting
 */
function showExamples(greeting) {
  const choices = EXAMPLES.map((question) => ({ label: question, send: question }));
  greeting?.firstElementChild?.nextElementSibling?.after(
    element('p', 'caption', 'Contoh pertanyaan:'),
    choiceList(choices),
  );
}

/** @type {HTMLElement | undefined} */
let notice;

/**
 * A line about what went wrong; with a button where trying again makes sense.
 *
 * @param {string} message
 * @param {boolean} again
 */
function showNotice(message, again) {
  hideNotice();
  notice = element('div', 'notice', element('p', '', message));
  if (again) notice.append(button('Coba lagi', () => void deliver()));
  log.append(notice);
  notice.scrollIntoView({ block: 'nearest' });
}

function hideNotice() {
  if (notice?.contains(document.activeElement)) goHome();
  notice?.remove();
  notice = undefined;
}

/** Where the focus goes when what had it is gone: to writing, but on a phone without calling up the keyboard. */
const goHome = () => (hasMouse() ? text : scroller).focus({ preventScroll: true });
const hasMouse = () => matchMedia('(pointer: fine)').matches;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typingSoon;

/** @param {boolean} on */
function showTyping(on) {
  clearTimeout(typingSoon);
  typing.hidden = true;
  if (!on) return;
  typingSoon = setTimeout(() => {
    typing.hidden = false;
    typing.scrollIntoView({ block: 'nearest' });
  }, TYPING_AFTER);
}

// --- The session ------------------------------------------------------------------------------------------------

/** @type {string | null} */
let session = null;

/** Keeps the session's id on the device, or removes it, as the box is ticked. A browser may forbid storage; then the box un-ticks. */
function keepSession() {
  try {
    if (remember.checked && session !== null) localStorage.setItem(STORED_SESSION, session);
    else localStorage.removeItem(STORED_SESSION);
  } catch {
    remember.checked = false;
  }
}

function recallSession() {
  try {
    const stored = localStorage.getItem(STORED_SESSION);
    session = stored !== null && SESSION.test(stored) ? stored : null;
  } catch {
    session = null;
  }
  remember.checked = session !== null;
}

// --- The outbox -------------------------------------------------------------------------------------------------

/** What is not answered yet, in order; the first is on its way. @type {Outgoing[]} */
const outbox = [];
let delivering = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let deliverLater;
/** The request on its way; aborted where the person clears the chat. @type {AbortController | undefined} */
let request;

/**
 * Says something in the person's name. The bubble shows `label`; `command` is what the server gets.
 *
 * @param {string} command
 * @param {string} label
 */
function say(command, label) {
  hideNotice();
  outbox.push({ kind: 'said', send: command, label, message: showMine(label) });
  void deliver();
}

/** Sends the outbox, one message after another, until it is empty or something goes wrong. */
async function deliver() {
  if (delivering || outbox.length === 0) return;
  delivering = true;
  clearTimeout(deliverLater);
  hideNotice();
  for (let next = outbox[0]; next !== undefined; next = outbox[0]) {
    if (next.kind === 'said') next.message.classList.remove('unsent');
    showTyping(true);
    const result = await post(next.send);
    showTyping(false);
    if (outbox[0] !== next) continue; // the chat was cleared meanwhile
    if (result.kind !== 'answer') {
      stumble(next, result);
      break;
    }
    outbox.shift();
    received(next, result.answer);
  }
  delivering = false;
}

/**
 * @param {Outgoing} sent
 * @param {Answer} answer
 */
function received(sent, answer) {
  session = sent.kind === 'forget' ? null : answer.session;
  keepSession();
  const first = showReplies(answer.replies);
  if (sent.kind === 'greet') showExamples(first);
  if (sent.kind === 'forget') outbox.push({ kind: 'greet', send: '/start' });
  reveal(sent.kind === 'said' ? sent.message : first);
}

/**
 * @param {Outgoing} failed
 * @param {Exclude<Result, { kind: 'answer' }>} result
 */
function stumble(failed, result) {
  if (failed.kind === 'said') failed.message.classList.add('unsent');
  if (result.kind === 'refused') {
    // sending the same again would fail again: the text goes back to where it can be changed
    outbox.shift();
    if (failed.kind === 'said' && text.value === '') write(failed.label);
    return showNotice(result.message, false);
  }
  showNotice(result.message, true);
  if (result.seconds !== undefined) deliverLater = setTimeout(() => void deliver(), result.seconds * 1000);
}

/**
 * @param {string} message
 * @returns {Promise<Result>}
 */
async function post(message) {
  const controller = new AbortController();
  request = controller;
  const timer = setTimeout(() => controller.abort(), ANSWER_TIMEOUT);
  try {
    const response = await fetch('api/chat', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ session, text: message }),
      signal: controller.signal,
    });
    const body = await response.json().catch(() => undefined);
    return read(response, body);
  } catch {
    if (controller.signal.aborted)
      return { kind: 'later', message: 'Jawabannya terlalu lama datang. Pesan Anda masih ada di sini.' };
    if (navigator.onLine)
      return { kind: 'later', message: 'Belum bisa tersambung ke server. Pesan Anda masih ada di sini.' };
    return {
      kind: 'later',
      message: 'Perangkat Anda sedang tanpa internet. Begitu tersambung, pesan Anda kami kirim lagi.',
    };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * @param {Response} response
 * @param {any} body
 * @returns {Result}
 */
function read(response, body) {
  if (response.status === 429) {
    const seconds = Math.min(Math.max(Number(response.headers.get('retry-after')) || 10, 1), 600);
    return {
      kind: 'later',
      seconds,
      message: `Terlalu banyak pesan dari jaringan ini. Kami kirim lagi dalam ${seconds} detik.`,
    };
  }
  if (response.status >= 500)
    return { kind: 'later', message: 'Maaf, ada gangguan di pihak kami. Pesan Anda masih ada di sini.' };
  if (response.status >= 400 && response.status !== 408)
    return { kind: 'refused', message: typeof body?.error === 'string' ? body.error : 'Pesan ini tidak bisa dikirim.' };
  if (!response.ok || typeof body?.session !== 'string' || !Array.isArray(body.replies))
    return { kind: 'later', message: 'Jawaban server tidak terbaca. Pesan Anda masih ada di sini.' };
  if (body.replies.length === 0)
    return { kind: 'later', message: 'Pesan datang terlalu cepat. Tunggu sebentar, lalu coba lagi.' };
  return { kind: 'answer', answer: body };
}

/** Empties the view at once, then has the server forget too; what it remembered hangs on the session's id alone. */
function clear() {
  outbox.splice(
    0,
    outbox.length,
    session === null ? { kind: 'greet', send: '/start' } : { kind: 'forget', send: '/lupakan' },
  );
  request?.abort();
  hideNotice();
  log.replaceChildren();
  write('');
  remember.checked = false;
  keepSession();
  void deliver();
}

// --- Writing ----------------------------------------------------------------------------------------------------

const number = new Intl.NumberFormat('id-ID');

/** Fits the field to its text: height, counter, and whether it can be sent. */
function fitField() {
  const { length } = text.value;
  const over = length > MAX_TEXT;
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  text.style.height = 'auto';
  text.style.height = `${text.scrollHeight}px`;
  send.disabled = over || text.value.trim() === '';
  composer.classList.toggle('near', length > COUNT_FROM);
  composer.classList.toggle('over', over);
  count.hidden = length <= COUNT_FROM;
  count.textContent = `${number.format(length)} / ${number.format(MAX_TEXT)}`;
  const message = over ? 'Terlalu panjang. Tulis intinya saja.' : '';
  if (limit.textContent !== message) limit.textContent = message; // a screen reader hears it once
  if (atEnd) scroller.scrollTop = scroller.scrollHeight; // the field grew over the last message
}

/** @param {string} value */
function write(value) {
  text.value = value;
  fitField();
}

composer.addEventListener('submit', (event) => {
  event.preventDefault();
  const written = text.value.trim();
  if (send.disabled) return;
  write('');
  say(written, written);
  if (hasMouse()) text.focus();
  else text.blur(); // puts a phone's keyboard away, so that the answer can be read
});

text.addEventListener('input', fitField);
addEventListener('resize', fitField);
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  composer.requestSubmit();
});

// --- The menu ---------------------------------------------------------------------------------------------------

/** @param {boolean} open */
function openMenu(open) {
  if (!open && menu.contains(document.activeElement)) menuButton.focus();
  menu.hidden = !open;
  menuButton.setAttribute('aria-expanded', String(open));
}

menuButton.addEventListener('click', () => openMenu(menu.hidden === true));
menu.addEventListener('click', (event) => {
  const pressed = event.target instanceof Element ? event.target.closest('button') : null;
  if (!pressed) return;
  openMenu(false);
  if (pressed.id === 'clear') clear();
  else if (pressed.dataset.send) say(pressed.dataset.send, pressed.textContent ?? '');
});
remember.addEventListener('change', keepSession);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !menu.hidden) openMenu(false);
});
for (const kind of ['click', 'focusin']) {
  document.addEventListener(kind, ({ target }) => {
    if (!menu.hidden && target instanceof Node && !menu.parentElement?.contains(target)) openMenu(false);
  });
}

// --- Start ------------------------------------------------------------------------------------------------------

addEventListener('online', () => void deliver());
composer.hidden = false;
menuButton.hidden = false;
scroller.tabIndex = 0; // scrolls with the arrow keys
fitField();
recallSession();
outbox.push({ kind: 'greet', send: '/start' });
void deliver();
