import type { ComponentChildren } from 'preact';

/** What went wrong, read out at once. */
export function Trouble({ children }: { readonly children: ComponentChildren }) {
  return (
    <div class="notice" role="alert">
      {children}
    </div>
  );
}
