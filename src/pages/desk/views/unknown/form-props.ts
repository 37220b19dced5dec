import type { Me, RuleList } from '../../../../channels/web/desk/contract.ts';
import type { Cluster } from './cluster.ts';

export interface FormProps {
  readonly me: Me;
  readonly group: Cluster;
  readonly rules: RuleList;
  readonly onBack: () => void;
  /** The questions are dealt with. */
  readonly onDone: () => Promise<void>;
}
