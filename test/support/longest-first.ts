import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute and more. One that is begun late runs alone at the end, while the other core has nothing to do. */
const LONG = [
  'reports/kill-postgres',
  'reports/kill-sqlite',
  'cli/desk',
  'channels/web/desk/cases-page',
  'channels/contract',
  'program/show',
  'cli/desk-officer',
  'program/tips',
  'channels/web/desk/thousand',
  'channels/web/desk/sign-in',
  'channels/web/desk/curator',
  'cli/main',
  'channels/web/door/tip',
];
const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONG.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place === -1 ? LONG.length : place;
};

/** Begins with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
