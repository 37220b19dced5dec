import { useCallback, useEffect, useState } from 'preact/hooks';
import { WorkerError } from '../../../shared/worker-call.ts';
import { api } from '../../api.ts';
import { keys } from '../../keys/keys.ts';
import { troubleOf } from '../../parts/trouble.ts';
import type { Question } from './cluster.ts';

/** Opened in one call to the worker: a quarter of a second, so that locking never waits. */
const AT_ONCE = 25;

export interface Unknown {
  readonly questions: readonly Question[];
  /** Sealed before this curator had a key. */
  readonly closed: number;
  readonly loading: boolean;
  readonly trouble: string | undefined;
  /** Tells the server that these are dealt with: it deletes them. */
  readonly done: (ids: readonly string[]) => Promise<void>;
}

/** The questions that the bot did not know, opened here: the server cannot read them. */
export function useUnknown(): Unknown {
  const [questions, setQuestions] = useState<readonly Question[]>([]);
  const [closed, setClosed] = useState(0);
  const [loading, setLoading] = useState(true);
  const [trouble, setTrouble] = useState<string>();

  useEffect(() => {
    let left = false;
    void load().catch((error: unknown) => {
      // the desk was locked meanwhile
      if (!left && !(error instanceof WorkerError)) setTrouble(troubleOf(error));
    });
    return () => {
      left = true;
    };

    async function load(): Promise<void> {
      for (let after: string | undefined; ; ) {
        const page = await api.unknown(after);
        for (let at = 0; at < page.questions.length && !left; at += AT_ONCE) {
          const some = page.questions.slice(at, at + AT_ONCE);
          const texts = new Map((await keys.call('openTexts', some)).map(({ id, text }) => [id, text]));
          if (left) return;
          setClosed((count) => count + some.length - texts.size);
          setQuestions((before) => [
            ...before,
            ...some.flatMap(({ id, day }) => {
              const text = texts.get(id);
              return text === undefined ? [] : [{ id, day, text }];
            }),
          ]);
        }
        if (left || page.next === undefined) break;
        after = page.next;
      }
      setLoading(false);
    }
  }, []);

  const done = useCallback(async (ids: readonly string[]) => {
    await api.unknownDone(ids);
    setQuestions((before) => before.filter(({ id }) => !ids.includes(id)));
  }, []);
  return { questions, closed, loading, trouble, done };
}
