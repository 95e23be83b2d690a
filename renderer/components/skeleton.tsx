import { common } from '../texts/common.ts';

const widths = ['62%', '88%', '74%', '93%', '55%', '81%'];

/** Grey lines where data will stand; for anything that takes over 300 ms. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className="skeleton">
      <output className="only-heard">{common.loading}</output>
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="skeleton-line" style={{ width: widths[i % widths.length] }} />
      ))}
    </div>
  );
}
