import type { ReactNode } from 'react';

/** The shape of every working screen at the counter: who on the left, what on the right, what to do next below. */
export function Desk({ panel, head, children, actions }: { panel: ReactNode; head: ReactNode; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="desk">
      <div className="desk-panel">{panel}</div>
      <section className="desk-work">
        <header className="desk-head">{head}</header>
        <div className="desk-body">{children}</div>
        {actions !== undefined && <footer className="desk-actions">{actions}</footer>}
      </section>
    </div>
  );
}
