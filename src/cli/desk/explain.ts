/** What is said of an error, and the exit status. Nothing of a report, and no stack for what can be foreseen. */
import { ConfigError } from '../../config.ts';
import { DeskError, EXIT } from '../../desk/errors.ts';
import { KnowledgeError } from '../../knowledge/problem.ts';
import { describeError } from '../../operations/log.ts';
import { OfficeError } from '../../reports/stored-office.ts';
import { StoreError } from '../../store/database.ts';

export function explain(error: unknown): { readonly message: string; readonly status: number } {
  if (error instanceof DeskError) return { message: error.message, status: EXIT[error.kind] };
  if (
    error instanceof ConfigError ||
    error instanceof StoreError ||
    error instanceof KnowledgeError ||
    error instanceof OfficeError
  )
    return { message: error.message, status: EXIT.failed };
  // a library's message may quote a text, an address or a key
  return {
    message: `Ada yang tidak terduga (${JSON.stringify(describeError(error))}). Ulangi; bila tetap, beri tahu pengelola.`,
    status: EXIT.failed,
  };
}
