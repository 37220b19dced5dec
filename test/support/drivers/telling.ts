/** People who send files, on every channel that has them. The channel is real; a scripted dialogue hears what it brings. */
import { startBot as startWhatsApp } from '../../channels/whatsapp/bot.ts';
import { startBot as startCloud } from '../graph-api-services.ts';
import { ScriptedDialogue } from '../scripted-dialogue.ts';
import { startBot as startTelegram } from '../telegram-services.ts';

export type FileKind = 'photo' | 'document' | 'voice';

/** What goes wrong on the way. `hiccup`: twice, and then it works. `bigger`: the platform says that it is smaller than it is. */
export type Trouble = 'gone' | 'hiccup' | 'bigger';

export interface SendOptions {
  readonly name?: string;
  readonly caption?: string;
  readonly trouble?: Trouble;
}

export interface TellingChannel {
  readonly dialogue: ScriptedDialogue;
  /** What must not be found in errors and logs. */
  readonly secrets: readonly string[];
  readonly logged: readonly string[];
  send(kind: FileKind, bytes: Uint8Array, options?: SendOptions): Promise<unknown>;
  sendText(text: string): Promise<unknown>;
  /** Texts that the person got. */
  got(): readonly string[];
  /** How often the platform was asked for a file. */
  fetches(): number;
}

export async function tellTelegram(): Promise<TellingChannel> {
  const dialogue = new ScriptedDialogue();
  const { telegram, logged } = await startTelegram({ dialogue });
  const FIELDS = { photo: 'photo', document: 'document', voice: 'voice' } as const;
  return {
    dialogue,
    logged,
    secrets: [telegram.token],
    async send(kind, bytes, { name, caption, trouble } = {}) {
      const known = telegram.addFile(bytes, trouble === 'bigger' ? 1 : undefined);
      const file = { ...known, ...(trouble === 'gone' ? { file_id: 'nobody-knows' } : {}) };
      if (trouble === 'hiccup') {
        telegram.fail('file', { kind: 'lost-answer' });
        telegram.fail('file', { kind: 'error', code: 502 });
      }
      const small = { ...telegram.addFile(Buffer.from('kecil')), width: 90, height: 60 };
      const content = kind === 'photo' ? [small, { ...file, width: 1280, height: 853 }] : { ...file, duration: 3 };
      telegram.send(7, {
        [FIELDS[kind]]: name === undefined ? content : { ...content, file_name: name },
        ...(caption === undefined ? {} : { caption }),
      });
    },
    sendText: async (text) => telegram.sendText(7, text),
    got: () => telegram.sent(7).map(({ text }) => text),
    fetches: () => telegram.count('getFile') + telegram.count('file'),
  };
}

export async function tellWhatsApp(): Promise<TellingChannel> {
  const dialogue = new ScriptedDialogue();
  const { server, logged } = await startWhatsApp({ dialogue });
  const ani = server.addPeer();
  return {
    dialogue,
    logged,
    secrets: [server.mediaHost, ani.lid, ani.phone ?? ani.lid],
    send(kind, bytes, { name, caption, trouble } = {}) {
      const tamper = {
        gone: { kind: 'status', status: 410 },
        hiccup: { kind: 'status', status: 502, times: 2 },
        bigger: { kind: 'length', declared: 1 },
      } as const;
      const options = {
        ...(name === undefined ? {} : { fileName: name }),
        ...(caption === undefined ? {} : { caption }),
        ...(trouble === undefined ? {} : { tamper: tamper[trouble] }),
      };
      if (kind === 'photo') return ani.sendImage(bytes, options);
      return kind === 'voice' ? ani.sendAudio(bytes, options) : ani.sendDocument(bytes, options);
    },
    sendText: (text) => ani.sendText(text),
    got: () => ani.received.map(({ text }) => text ?? ''),
    fetches: () => server.fetches,
  };
}

export async function tellCloud(): Promise<TellingChannel> {
  const PERSON = '6281200000077';
  const TYPES = { photo: 'image', document: 'document', voice: 'audio' } as const;
  const dialogue = new ScriptedDialogue();
  const { graph, logged } = await startCloud({ dialogue });
  return {
    dialogue,
    logged,
    secrets: [graph.token, PERSON],
    send(kind, bytes, { name, caption, trouble } = {}) {
      const faults = {
        gone: { kind: 'deleted' },
        hiccup: { kind: 'broken', times: 2 },
        bigger: { kind: 'size', said: 1 },
      } as const;
      const more = {
        ...(name === undefined ? {} : { filename: name }),
        ...(caption === undefined ? {} : { caption }),
      };
      return graph.sendFile(PERSON, TYPES[kind], bytes, more, trouble && faults[trouble]);
    },
    sendText: (text) => graph.sendText(PERSON, text),
    got: () => graph.sent(PERSON).map(({ text }) => text),
    fetches: () => graph.media.asked,
  };
}
