import type { ReactNode } from 'react';

/** A part of the screen that scrolls by itself: by keyboard it is reached like any control. */
export function ScrollRegion({ className, label, children }: { className: string; label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={className} aria-label={label} tabIndex={0}>{children}</section>
  );
}
