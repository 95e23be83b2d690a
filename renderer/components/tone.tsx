import { IconAlertTriangle, IconCircleCheck, IconClock, IconHandStop, IconInfoCircle } from '@tabler/icons-react';

/** The five meanings that a colour may have. */
export type Tone = 'passed' | 'attention' | 'stopped' | 'information' | 'waiting';

const icons = {
  passed: IconCircleCheck, attention: IconAlertTriangle, stopped: IconHandStop, information: IconInfoCircle, waiting: IconClock,
} as const;

/** The shape that stands beside a colour, for those who do not see the colour. */
export function ToneIcon({ tone, size = 20 }: { tone: Tone; size?: number }) {
  const Icon = icons[tone];
  return <Icon size={size} aria-hidden />;
}
