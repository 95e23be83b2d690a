import { useEffect, useRef, type RefObject } from 'react';

/** For the field that an officer fills first on a screen: the keyboard is there without a touch. */
export function useFirstFocus<E extends HTMLElement = HTMLInputElement>(): RefObject<E | null> {
  const field = useRef<E>(null);
  useEffect(() => { field.current?.focus(); }, []);
  return field;
}
