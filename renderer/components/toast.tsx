import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { IconX } from '@tabler/icons-react';
import { common } from '../texts/common.ts';
import { Button } from './button.tsx';
import { ToneIcon, type Tone } from './tone.tsx';

interface Shown { id: number; tone: Tone; text: string }
type Show = (tone: Tone, text: string) => void;

const ToastContext = createContext<Show>(() => undefined);
const stayMs = 4000;

/** Tells in passing that something is done. What must be read belongs in a `Notice`, not here. */
export function useToast(): Show {
  return useContext(ToastContext);
}

/** Shows what `useToast` is told, over everything else. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const last = useRef(0);
  const drop = useCallback((id: number) => { setShown((all) => all.filter((t) => t.id !== id)); }, []);
  const show = useCallback<Show>((tone, text) => {
    const id = ++last.current;
    setShown((all) => [...all.filter((t) => t.text !== text).slice(-2), { id, tone, text }]);
    setTimeout(() => drop(id), stayMs);
  }, [drop]);
  const list = useMemo(() => shown.map((t) => (
    <div key={t.id} className="toast" data-tone={t.tone}>
      <ToneIcon tone={t.tone} size={24} />
      <span className="grow">{t.text}</span>
      <Button kind="quiet" aria-label={common.close} onPress={() => drop(t.id)} icon={<IconX size={22} aria-hidden />} />
    </div>
  )), [shown, drop]);
  return (
    <ToastContext value={show}>
      {children}
      <output className="toasts">{list}</output>
    </ToastContext>
  );
}
