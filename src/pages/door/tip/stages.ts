/** Where somebody is in telling. The browser's "back" goes one step back; its history holds the name of the step and nothing else. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { STEPS, type Step } from './tip.ts';

export type Stage = 'intro' | Step | 'send';

const STAGES: readonly Stage[] = ['intro', ...STEPS];

/** The stage, and how to go on to another. From `send` there is no way back: what was told may be there already. */
export function useStages(): readonly [Stage, (to: Stage) => void] {
  const [stage, set] = useState<Stage>('intro');
  useEffect(() => {
    history.replaceState('intro', '');
    const moved = ({ state }: PopStateEvent) => {
      const to = STAGES.find((known) => known === state) ?? 'intro';
      set((current) => (current === 'send' ? current : to));
    };
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
  const go = useCallback((to: Stage) => {
    if (to !== 'send') history.pushState(to, '');
    set(to);
  }, []);
  return [stage, go];
}
