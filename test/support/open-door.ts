/** A door with a real browser at it. */

import type { Browser, BrowserContextOptions } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { closeContext } from './close-context.ts';
import { DoorPage } from './door-page.ts';
import { type DoorServices, doorServices, type TestOfficer } from './door-services.ts';
import { Tap } from './tap.ts';

export const PHONE = { width: 360, height: 740 };

export interface OpenDoor {
  readonly services: DoorServices;
  /** The first officer; undefined where the test wanted none. */
  readonly officer: TestOfficer;
  readonly tap: Tap;
  readonly door: DoorPage;
}

export interface OpenDoorOptions {
  readonly path?: string;
  readonly officers?: number;
  readonly context?: BrowserContextOptions;
  /** Runs in the page before its own scripts. */
  readonly script?: string;
}

export async function openDoor(
  browser: Browser,
  { path = '/lapor', officers = 1, context: options = {}, script }: OpenDoorOptions = {},
): Promise<OpenDoor> {
  const services = await doorServices();
  const found: TestOfficer[] = [];
  for (let i = 0; i < officers; i += 1) found.push(await services.addOfficer(`Petugas ${i}`));
  await services.server.listen({ host: '127.0.0.1', port: 0 });
  const address = services.server.server.address();
  const tap = await Tap.open(typeof address === 'object' && address !== null ? address.port : 0);
  onTestFinished(() => tap.close());
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  onTestFinished(() => closeContext(context));
  if (script !== undefined) await context.addInitScript(script);
  const door = await DoorPage.open(context, tap.origin, path);
  return { services, officer: found[0] as TestOfficer, tap, door };
}
