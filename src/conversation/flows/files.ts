/** Files that come with a report, or are added to one: what became of each, in one sentence. */
import type { Choice, Message } from '../message.ts';
import type { Attached } from '../report-desk.ts';
import { type Services, say, sayOne } from '../services.ts';

export type Sent = Extract<Message, { kind: 'unsupported' }>;

/** `asks`: the file is kept only if the person says so. `gone`: there is nothing any more that it could be added to. */
export interface FileNews {
  readonly became: 'kept' | 'asks' | 'refused' | 'gone';
  readonly text: string;
}

/** Hands the file over, where there is one and it is of a kind that could be evidence. */
export async function handOver(
  { file, what }: Sent,
  services: Services,
  attach: (file: NonNullable<Sent['file']>) => Promise<Attached>,
): Promise<FileNews> {
  if (file !== undefined) return fileNews(await attach(file), services);
  const sendable = what === 'photo' || what === 'video' || what === 'voice' || what === 'document';
  if (!sendable) return { became: 'refused', text: say(services, 'file.kind') };
  const { webDoor } = services;
  const text = webDoor ? say(services, 'file.not-here-door', { door: webDoor }) : say(services, 'file.not-here');
  return { became: 'refused', text };
}

/** The sentence for what became of a file. */
export function fileNews(attached: Attached, services: Services): FileNews {
  switch (attached.kind) {
    case 'kept':
      return { became: 'kept', text: say(services, attached.clean ? 'file.kept-clean' : 'file.kept') };
    case 'warn':
      return {
        became: 'asks',
        text: sayOne(services, attached.what, {
          document: 'file.warn.document',
          sound: 'file.warn.sound',
          video: 'file.warn.video',
        }),
      };
    case 'refused':
      return {
        became: 'refused',
        text: sayOne(services, attached.why, {
          type: 'file.type',
          'too-big': 'file.too-big',
          unreadable: 'file.unreadable',
          unavailable: 'file.unavailable',
        }),
      };
    case 'full':
      return { became: 'refused', text: say(services, 'file.full') };
    case 'gone':
      return { became: 'gone', text: say(services, 'file.gone') };
    default:
      return attached satisfies never;
  }
}

/** The two answers to "as it is?". */
export const fileChoices = (services: Services): Choice[] => [
  { label: say(services, 'button.as-is'), send: '/lapor berkas-ya' },
  { label: say(services, 'button.leave'), send: '/lapor berkas-tidak' },
];
