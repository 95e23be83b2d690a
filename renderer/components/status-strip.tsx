import { useEffect, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { common } from '../texts/common.ts';
import { dateAndTime } from '../format.ts';
import { Tag } from './tag.tsx';
import { ToneIcon, type Tone } from './tone.tsx';

export interface StripItem {
  id: string;
  icon?: ReactNode;
  /** What it is: "Máy chủ". */
  word: string;
  /** How it is: "đã gửi đủ". */
  state: string;
  tone: Tone;
  /** Sets it right; without it the item only tells. */
  onPress?: () => void;
}

/** One line at the foot of every screen: reader, camera, hub, what waits, clock; the same thing always in the same place. */
export function StatusStrip({ items, demo = false }: { items: readonly StripItem[]; demo?: boolean }) {
  return (
    <footer className="strip" aria-label={common.strip.label}>
      <div className="strip-items">
        {items.map((item) => {
          const marks = { 'className': 'strip-item', 'data-tone': item.tone, 'data-strip': item.id };
          const content = (
            <>
              {item.icon ?? <ToneIcon tone={item.tone} />}
              <span className="strip-words"><span className="strip-word">{item.word}</span><span className="strip-state">{item.state}</span></span>
            </>
          );
          return item.onPress === undefined
            ? <div key={item.id} {...marks} title={`${item.word}: ${item.state}`}>{content}</div>
            : <AriaButton key={item.id} {...marks} onPress={item.onPress}>{content}</AriaButton>;
        })}
      </div>
      {demo && <div className="strip-demo"><Tag tone="information">{common.demo}</Tag></div>}
      <Clock />
    </footer>
  );
}

function Clock() {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <time className="strip-clock" aria-label={common.strip.clock}>{dateAndTime(now)}</time>;
}
