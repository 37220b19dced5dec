/** The questions of a report one after another, and the summary. What was told is sealed: only how much there is can be shown. */
import { type Choice, reply } from '../../message.ts';
import { takesFiles } from '../../origin.ts';
import type { Correctable } from '../../report-act.ts';
import type { Draft, Slot } from '../../report-desk.ts';
import { type Services, say, sayOne } from '../../services.ts';
import type { FlowOf, ReportStep } from '../../state.ts';
import { type Context, closed, sealedTurn } from '../context.ts';
import type { Turn } from '../show.ts';

export type ReportFlow = FlowOf<'report'>;

/** The way through a report. */
export const WAY = ['what', 'who', 'where', 'when', 'files', 'summary'] as const;
export type Place = (typeof WAY)[number];
export const isPlace = (step: ReportStep): step is Place => (WAY as readonly ReportStep[]).includes(step);
/** A place where text is told. */
export const isSlot = (place: ReportStep): place is Slot => isPlace(place) && place !== 'files' && place !== 'summary';

export const reportFlow = (step: ReportStep, more: Partial<ReportFlow> = {}): ReportFlow => ({
  kind: 'report',
  step,
  editing: false,
  wrong: 0,
  ...more,
});

export interface Asked {
  readonly editing?: boolean;
  /** Said first, in the same bubble. */
  readonly lead?: string;
}

/** Asks a question of the report (again), or shows the summary. */
export async function show(context: Context, place: Place, { editing = false, lead }: Asked = {}): Promise<Turn> {
  const { services, origin } = context;
  const draft = await services.reports.draft(origin);
  if (draft === undefined) return gone(context);
  const text =
    place === 'summary'
      ? summary(draft, services)
      : question(place, draft, { editing, files: takesFiles(origin) }, services);
  const choices =
    place === 'summary' ? summaryChoices(services) : choicesAt(place, told(draft, place), editing, services);
  const flow = reportFlow(place, { editing: editing && place !== 'summary' });
  return sealedTurn(context, flow, [reply(lead === undefined ? text : `${lead}\n\n${text}`, choices)]);
}

/** The draft is no more: a day is over. */
export const gone = (context: Context): Turn => closed(context, say(context.services, 'tip.gone'));

export const next = (context: Context, { step, editing }: ReportFlow, lead?: string): Promise<Turn> => {
  const at = isPlace(step) ? WAY.indexOf(step) : -1;
  return show(context, editing ? 'summary' : (WAY[at + 1] ?? 'summary'), lead === undefined ? {} : { lead });
};

export const back = (context: Context, { step, editing }: ReportFlow): Promise<Turn> => {
  const at = isPlace(step) ? WAY.indexOf(step) : 0;
  return show(context, editing ? 'summary' : (WAY[at - 1] ?? 'what'));
};

/** Where somebody goes on who comes back: at the first question that has no answer. */
export const resumeAt = (draft: Draft): Place =>
  WAY.find((place) => place === 'summary' || told(draft, place) === 0) ?? 'summary';

/** Messages, or files, that a part of the draft has. */
export const told = (draft: Draft, part: Correctable): number => (part === 'files' ? draft.files : draft.filled[part]);

function questionText(place: Exclude<Place, 'summary'>, files: boolean, services: Services): string {
  const photos = say(services, files ? 'tip.photos' : 'tip.photos.none');
  if (place === 'what') return say(services, 'tip.what', { photos });
  if (place === 'files') return say(services, files ? 'tip.files' : 'tip.files.none');
  return sayOne(services, place, { who: 'tip.who', where: 'tip.where', when: 'tip.when' });
}

function question(
  place: Exclude<Place, 'summary'>,
  draft: Draft,
  { editing, files }: { readonly editing: boolean; readonly files: boolean },
  services: Services,
): string {
  const count = told(draft, place);
  const asked = questionText(place, files, services);
  if (count === 0 && !editing) return asked;
  const has = say(services, place === 'files' ? 'tip.has-files' : 'tip.has', { count });
  return `${asked}\n\n${has}`;
}

/** What can be done at a question besides telling; `count` is what it has already. */
export function choicesAt(
  place: Exclude<Place, 'summary'>,
  count: number,
  editing: boolean,
  services: Services,
): Choice[] {
  const clear = { label: say(services, 'button.clear'), send: `/lapor hapus ${place}` };
  const provinces = { label: say(services, 'button.provinces'), send: '/lapor provinsi' };
  const before: Choice[] = place === 'where' && services.regions.provinces.length > 0 ? [provinces] : [];
  if (editing)
    return [{ label: say(services, 'button.to-summary'), send: '/lapor ringkasan' }, ...(count > 0 ? [clear] : before)];
  if (count > 0)
    return [
      { label: say(services, 'button.continue'), send: '/lapor lanjut' },
      clear,
      { label: say(services, 'button.back'), send: '/lapor kembali' },
    ];
  return [
    ...before,
    { label: say(services, 'button.skip'), send: '/lapor lanjut' },
    place === 'what'
      ? { label: say(services, 'button.cancel'), send: '/lapor batal' }
      : { label: say(services, 'button.back'), send: '/lapor kembali' },
  ];
}

function summary(draft: Draft, services: Services): string {
  const amount = (count: number) => (count > 0 ? say(services, 'tip.count', { count }) : say(services, 'tip.none'));
  const { what, who, where, when } = draft.filled;
  return say(services, 'tip.summary', {
    what: amount(what),
    who: amount(who),
    where: amount(where),
    when: amount(when),
    files: draft.files > 0 ? say(services, 'tip.count-files', { count: draft.files }) : say(services, 'tip.none'),
  });
}

const summaryChoices = (services: Services): Choice[] => [
  { label: say(services, 'button.send'), send: '/lapor kirim' },
  { label: say(services, 'button.edit'), send: '/lapor ubah' },
  { label: say(services, 'button.cancel'), send: '/lapor batal' },
];

/** The parts, to choose one to add to or to remove. */
export async function chooseParts(context: Context): Promise<Turn> {
  const { services, origin } = context;
  if ((await services.reports.draft(origin)) === undefined) return gone(context);
  const choices: Choice[] = [
    { label: say(services, 'part.what'), send: '/lapor ubah what' },
    { label: say(services, 'part.who'), send: '/lapor ubah who' },
    { label: say(services, 'part.where'), send: '/lapor ubah where' },
    { label: say(services, 'part.when'), send: '/lapor ubah when' },
    { label: say(services, 'part.files'), send: '/lapor ubah files' },
    { label: say(services, 'button.to-summary'), send: '/lapor ringkasan' },
  ];
  return sealedTurn(context, reportFlow('summary'), [reply(say(services, 'tip.edit'), choices)]);
}

/** Removes a part and asks for it again. */
export async function clearPart(context: Context, flow: ReportFlow, part: Correctable): Promise<Turn> {
  const { services, origin } = context;
  await services.reports.clear(origin, part);
  // pressed at its own question, the way goes on from there; anywhere else it was a correction
  const editing = flow.step !== part || flow.editing;
  return show(context, part, { editing, lead: say(services, 'tip.cleared') });
}
