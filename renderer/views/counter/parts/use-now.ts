import { useEffect, useState } from 'react';

/** The time in milliseconds, fresh every half minute: a dossier becomes overdue while the list is on screen. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, 30_000);
    return () => { clearInterval(timer); };
  }, []);
  return now;
}
