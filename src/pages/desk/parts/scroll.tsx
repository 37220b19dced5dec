import type { ComponentChildren } from 'preact';

/** A wide table that scrolls by itself, also with the keyboard: WCAG wants a focus there, and a name for it. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
