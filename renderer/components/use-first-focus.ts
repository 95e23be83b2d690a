import { useEffect, useRef, type RefObject } from 'react';

/** For the field that is filled first on a screen or in a dialog: the keyboard is there without a touch. */
export function useFirstFocus<E extends HTMLElement = HTMLInputElement>(): RefObject<E | null> {
  const field = useRef<E>(null);
  useEffect(() => { field.current?.focus(); }, []);
  return field;
}
