import { useState } from 'react';
import { IconPlayerStop } from '@tabler/icons-react';
import { Button } from '../../../components/button.tsx';
import { Progress } from '../../../components/progress.tsx';
import { number } from '../../../format.ts';
import { useKioskEvent, useRequest } from '../../../kiosk.ts';
import { reports as text } from '../../../texts/reports.ts';

/** How far a report is, and a way to end it. */
export function ReportWorking() {
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
  useKioskEvent('report/progress', setProgress);
  const cancel = useRequest('reports/cancel');
  return (
    <div className="row row-bottom report-working">
      <div className="grow">
        <Progress label={text.working} value={progress?.done ?? null} of={progress?.of ?? null} detail={progress === null ? undefined : text.workingOf(number(progress.done), number(progress.of))} />
      </div>
      <Button icon={<IconPlayerStop size={22} aria-hidden />} busy={cancel.busy} onPress={() => { void cancel.call({}); }}>{text.stop}</Button>
    </div>
  );
}
