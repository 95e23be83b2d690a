import { number } from '../format.ts';
import { ChartFrame, dashOf, inkClass, roundUp, type ChartData } from './chart-frame.tsx';

const [width, height] = [820, 260];
const [left, right, top, bottom] = [70, 20, 12, 34];
const mostLabels = 12;
/** More dots than this would run into one another. */
const mostDots = 40;

/** Lines over time: a point for each label and series. */
export function ChartLine({ title, labels, series }: ChartData) {
  const most = roundUp(Math.max(1, ...series.flatMap(({ values }) => values)));
  const xOf = (n: number): number => left + (labels.length === 1 ? (width - left - right) / 2 : (n * (width - left - right)) / (labels.length - 1));
  const yOf = (value: number): number => height - bottom - (value * (height - top - bottom)) / most;
  const step = Math.ceil(labels.length / mostLabels);
  return (
    <ChartFrame title={title} series={series} kind="line">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <g key={part}>
            <line className="chart-rule" x1={left} x2={width - right} y1={yOf(most * part)} y2={yOf(most * part)} />
            <text className="chart-text-soft" x={left - 10} y={yOf(most * part) + 5} textAnchor="end">{number(most * part)}</text>
          </g>
        ))}
        {labels.map((label, n) => n % step === 0 && <text key={label} className="chart-text-soft" x={xOf(n)} y={height - 10} textAnchor="middle">{label}</text>)}
        {series.map(({ name, values }, at) => (
          <g key={name} className={inkClass(at)}>
            <polyline className="chart-line" strokeDasharray={dashOf(at)} points={values.map((value, n) => `${xOf(n)},${yOf(value)}`).join(' ')} />
            {values.length <= mostDots && values.map((value, n) => (
              <circle key={labels[n]} className="chart-dot" cx={xOf(n)} cy={yOf(value)} r={5}><title>{`${labels[n]}: ${name} ${number(value)}`}</title></circle>
            ))}
          </g>
        ))}
      </svg>
    </ChartFrame>
  );
}
