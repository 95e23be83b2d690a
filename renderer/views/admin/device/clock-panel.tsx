import type { ClockState } from '../../../../shared/contracts/clock.ts';
import { Notice } from '../../../components/notice.tsx';
import { dateAndTime } from '../../../format.ts';
import { site } from '../../../texts/site.ts';
import { doubtWords, offsetWords, zoneWords } from './clock-words.ts';

const text = site.clock;

/** How far this kiosk's clock can be trusted; what it may truly be stands beside, nothing is corrected. */
export function ClockPanel({ clock }: { clock: ClockState }) {
  const doubt = doubtWords(clock);
  return (
    <section className="stack">
      <h3>{text.title}</h3>
      {doubt === null ? <Notice tone="passed"><span className="notice-text">{text.right}</span></Notice> : (
        <Notice tone="attention">
          <span className="notice-text">{doubt}</span>
          {clock.doubt?.estimated && <span className="notice-text">{text.estimated(dateAndTime(clock.doubt.estimated))}</span>}
          <span className="notice-text">{text.setClock}</span>
        </Notice>
      )}
      {clock.zone !== null && <Notice tone="attention"><span className="notice-text">{text.zoneWrong(zoneWords(clock.zone))}</span></Notice>}
      <dl className="facts">
        <div className="fact"><dt>{text.hub}</dt><dd>{clock.hub === null ? text.unmeasured : offsetWords(-clock.hub.offsetMs)}</dd></div>
      </dl>
    </section>
  );
}
