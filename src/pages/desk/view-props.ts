import type { Me } from '../../channels/web/desk/contract.ts';
import type { CaseStore } from './views/cases/store.ts';

export interface DeskProps {
  readonly me: Me;
  readonly onLock: () => void;
  readonly onLeave: (message?: string) => void;
  readonly onChanged: (me: Me) => void;
}

/** Everything that a view may need. */
export interface ViewProps extends DeskProps {
  /** What follows the view's name in the address: `#/kasus/<this>`. */
  readonly rest: string;
  /** Forgotten when the desk is locked or left. */
  readonly cases: CaseStore;
}
