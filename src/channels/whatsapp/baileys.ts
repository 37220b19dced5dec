/** Baileys, loaded only when WhatsApp is switched on, and only behind the filter for libsignal's printing. */
import { pino } from 'pino';
import { quieten } from './quiet.ts';

export type Baileys = typeof import('@whiskeysockets/baileys');

export async function loadBaileys(): Promise<Baileys> {
  quieten();
  return import('@whiskeysockets/baileys');
}

/** Baileys logs addresses, texts and keys: none of it is wanted. */
export const silent = pino({ level: 'silent' });
