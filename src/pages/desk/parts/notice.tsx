import type { ComponentChildren } from 'preact';

interface NoticeProps {
  readonly kind: 'trouble' | 'good' | 'plain';
  readonly children: ComponentChildren;
}

/** Something that a person should know now; read out by screen readers. */
export function Notice({ kind, children }: NoticeProps) {
  return (
    <p class={`notice ${kind}`} role={kind === 'trouble' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
