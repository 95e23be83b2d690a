import type { ReactNode } from 'react';
import { counterTexts } from '../../../texts/counter.ts';
import { ScrollRegion } from '../../digitise/scroll-region.tsx';

export interface DeskProps {
  panel: ReactNode;
  head: ReactNode;
  /** Another place begins at its top, not where the last one was scrolled to. */
  place?: string;
  children: ReactNode;
  /** What must be seen however far the middle is scrolled: a failed save. */
  notice?: ReactNode;
  actions?: ReactNode;
}

/** The shape of every working screen at the counter: who on the left, what on the right, what to do next below. */
export function Desk({ panel, head, place, children, notice, actions }: DeskProps) {
  return (
    <div className="desk">
      <ScrollRegion className="desk-panel" label={counterTexts.desk}>{panel}</ScrollRegion>
      <section className="desk-work">
        <header className="desk-head">{head}</header>
        <div className="desk-body" key={place}>{children}</div>
        <div className="desk-notice">{notice}</div>
        {actions !== undefined && <footer className="desk-actions">{actions}</footer>}
      </section>
    </div>
  );
}
