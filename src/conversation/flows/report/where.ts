/** Where it happened: provinces and their kabupaten and kota, by pages or from what was typed. */
import { regionText } from '../../../sealing/region.ts';
import { type Choice, type Reply, reply } from '../../message.ts';
import type { Region } from '../../regions.ts';
import { type Services, say } from '../../services.ts';
import { type Context, sealedTurn } from '../context.ts';
import type { Turn } from '../show.ts';
import { choicesAt, gone, type ReportFlow, reportFlow, show } from './steps.ts';

/** Regions on one page: with two buttons below they fit the ten rows of a WhatsApp list. */
const PAGE = 8;
/** A typed text that is longer is a description, not a name. */
const LONGEST_NAME = 60;
/** Regions that a typed name may mean. */
const MEANT = 4;

/** What a typed text may mean, as choices. */
export const regionsMeant = (text: string, services: Services): Choice[] =>
  text.length > LONGEST_NAME ? [] : services.regions.find(text, MEANT).map(regionChoice);

const regionChoice = ({ code, name }: Region): Choice => ({ label: name, send: `/lapor wilayah ${code}` });

/** Choices that show what somebody told: no channel keeps a copy. */
const list = (text: string, choices: readonly Choice[]): Reply => ({ ...reply(text, choices), secret: true });

/** A page of the provinces. */
export async function chooseProvince(context: Context, flow: ReportFlow, page: number): Promise<Turn> {
  const { services } = context;
  const { shown, more } = paged(services.regions.provinces, page);
  if (shown.length === 0) return show(context, 'where', { editing: flow.editing });
  const next = more ? [{ label: say(services, 'button.next'), send: `/lapor provinsi ${page + 1}` }] : [];
  return atWhere(context, flow, list(say(services, 'tip.province'), [...shown.map(regionChoice), ...next]));
}

/** A page of a province's kabupaten and kota. */
export async function chooseRegency(context: Context, flow: ReportFlow, code: string, page: number): Promise<Turn> {
  const { services } = context;
  const { shown, more } = paged(services.regions.regencies(code), page);
  if (shown.length === 0) return chooseProvince(context, flow, 1);
  const next = more ? [{ label: say(services, 'button.next'), send: `/lapor wilayah ${code} ${page + 1}` }] : [];
  const whole = { label: say(services, 'button.whole-province'), send: `/lapor wilayah ${code} saja` };
  return atWhere(context, flow, list(say(services, 'tip.regency'), [...shown.map(regionChoice), ...next, whole]));
}

/** Seals the region that was chosen, with its code, so that officers can sort by it. */
export async function keepRegion(context: Context, flow: ReportFlow, code: string): Promise<Turn> {
  const { services, origin } = context;
  const region = services.regions.byCode(code);
  if (region === undefined) return show(context, 'where', { editing: flow.editing });
  const kept = await services.reports.write(origin, 'where', regionText(region));
  if (kept === 'gone') return gone(context);
  if (kept === 'full') return show(context, 'where', { editing: flow.editing, lead: say(services, 'told.full') });
  return atWhere(
    context,
    flow,
    reply(say(services, 'tip.kept-region'), choicesAt('where', 1, editing(flow), services)),
  );
}

const atWhere = (context: Context, flow: ReportFlow, said: Reply): Turn =>
  sealedTurn(context, reportFlow('where', { editing: editing(flow) }), [said]);

/** Chosen from an old list at another question, the region is a correction. */
const editing = (flow: ReportFlow): boolean => flow.editing || flow.step === 'summary';

function paged(all: readonly Region[], page: number): { shown: readonly Region[]; more: boolean } {
  const from = (page - 1) * PAGE;
  return { shown: all.slice(from, from + PAGE), more: all.length > from + PAGE };
}
