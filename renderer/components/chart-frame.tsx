import type { ReactNode } from 'react';
import './charts.css';

export interface ChartSeries { name: string; values: readonly number[] }
export interface ChartData { title: string; labels: readonly string[]; series: readonly ChartSeries[] }

const inks = 5;
/** Lines are told apart by their dashes as well as by colour. */
const dashes = ['', '10 6', '2 7', '14 5 3 5', '6 3'];

/** The class that colours a series, counted from 0. */
export function inkClass(at: number): string {
  return `chart-ink-${at % inks}`;
}

/** The dashes of a series' line, so that it is told apart without colour. */
export function dashOf(at: number): string | undefined {
  return dashes[at % dashes.length] || undefined;
}

/** A chart's title and legend around its picture. */
export function ChartFrame({ title, series, kind, children }: { title: string; series: readonly ChartSeries[]; kind: 'bars' | 'line'; children: ReactNode }) {
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      {series.length > 1 && (
        <ul className="chart-legend">
          {series.map(({ name }, at) => (
            <li key={name}>
              <svg viewBox="0 0 34 16" className={inkClass(at)} aria-hidden>
                {kind === 'bars' ? <rect className="chart-bar" x="2" y="2" width="30" height="12" /> : <line className="chart-line" x1="2" y1="8" x2="32" y2="8" strokeDasharray={dashOf(at)} />}
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
      {children}
    </figure>
  );
}

/** A round number from a value on, that quarters well: 4, 8, 20, 40, 60, 80, 100 … */
export function roundUp(value: number): number {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((n) => n * power).find((n) => n >= value) ?? value;
}
