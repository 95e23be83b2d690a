import { number } from '../format.ts';
import { ChartFrame, inkClass, type ChartData } from './chart-frame.tsx';

const width = 820;
const names = 270;
const [barHeight, gap] = [18, 12];
const room = width - names - 70;
const lettersOfName = 34;

/** Bars lying down, a group for each label with a bar for each series and its number beside it. */
export function ChartBars({ title, labels, series }: ChartData) {
  const most = Math.max(1, ...series.flatMap(({ values }) => values));
  const group = series.length * barHeight + gap;
  return (
    <ChartFrame title={title} series={series} kind="bars">
      <svg viewBox={`0 0 ${width} ${labels.length * group + 4}`} role="img" aria-label={title}>
        {labels.map((label, n) => (
          <g key={label} transform={`translate(0 ${n * group})`}>
            <title>{label}</title>
            <text className="chart-text" x={names - 10} y={(series.length * barHeight) / 2 + 6} textAnchor="end">{shortened(label)}</text>
            {series.map(({ name, values }, at) => {
              const value = values[n] ?? 0;
              const length = (value * room) / most;
              return (
                <g key={name} className={inkClass(at)}>
                  {value > 0 && <rect className="chart-bar" x={names} y={at * barHeight + 1} width={length} height={barHeight - 3} />}
                  <text className="chart-text-soft" x={names + length + 6} y={at * barHeight + 14}>{number(value)}</text>
                </g>
              );
            })}
          </g>
        ))}
      </svg>
    </ChartFrame>
  );
}

function shortened(label: string): string {
  return label.length <= lettersOfName ? label : `${label.slice(0, lettersOfName - 1).trimEnd()}…`;
}
