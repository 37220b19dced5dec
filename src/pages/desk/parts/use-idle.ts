import { useEffect } from 'preact/hooks';

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Calls `then` when nobody has touched the page for so many seconds; also where the computer slept meanwhile. */
export function useIdle(seconds: number, then: () => void): void {
  useEffect(() => {
    let touched = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const look = () => {
      if (Date.now() - touched >= seconds * 1000) then();
    };
    for (const name of TOUCHES) addEventListener(name, touch, { passive: true });
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(look, 5000);
    return () => {
      for (const name of TOUCHES) removeEventListener(name, touch);
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [seconds, then]);
}
