import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';

/** Files dragged onto an element. `over` while they hang above it. */
export function useFileDrop<E extends HTMLElement>(onFiles: (files: File[]) => void): { ref: RefObject<E | null>; over: boolean } {
  const ref = useRef<E>(null);
  const [over, setOver] = useState(false);
  const report = useEffectEvent(onFiles);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const ended = new AbortController();
    const { signal } = ended;
    element.addEventListener('dragover', (event) => { event.preventDefault(); setOver(true); }, { signal });
    element.addEventListener('dragleave', () => { setOver(false); }, { signal });
    element.addEventListener('drop', (event) => {
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) report(files);
    }, { signal });
    return () => { ended.abort(); };
  }, []);
  return { ref, over };
}
