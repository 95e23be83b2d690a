import { useState } from 'react';
import { useKioskEvent } from '../../kiosk.ts';

/** Whether a fire alarm is on: as the service tells it at once, and as it says when it is asked. */
export function useFire(asked: boolean | undefined): boolean {
  const [told, setTold] = useState<{ on: boolean; asked: boolean | undefined } | null>(null);
  useKioskEvent('gate/fire', ({ on }) => setTold({ on, asked }));
  // What was told counts until the service has been asked anew.
  return told !== null && told.asked === asked ? told.on : asked ?? told?.on ?? false;
}
