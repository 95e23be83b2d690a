/** The name of a key that does the same as the button beside it. */
export function Kbd({ children }: { children: string }) {
  return <kbd className="kbd" aria-hidden>{children}</kbd>;
}
