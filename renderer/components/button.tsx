import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';
import { IconLoader2 } from '@tabler/icons-react';

export interface ButtonProps extends Omit<AriaProps, 'children' | 'className' | 'style'> {
  /** One `primary` a screen. */
  kind?: 'primary' | 'secondary' | 'danger' | 'quiet';
  size?: 'normal' | 'large';
  icon?: ReactNode;
  /** Keeps its place and focus, takes no presses, shows that work goes on. */
  busy?: boolean;
  wide?: boolean;
  /** A key that does the same, shown beside the word. */
  hint?: ReactNode;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button: short verb, optional icon. Without children it needs an `aria-label`. */
export function Button({ kind = 'secondary', size = 'normal', icon, busy = false, wide = false, hint, children, ...rest }: ButtonProps) {
  const names = ['button', `button-${kind}`];
  if (size === 'large') names.push('button-large');
  if (wide) names.push('button-wide');
  if (children === undefined) names.push('button-icon');
  return (
    <AriaButton {...rest} isPending={busy} className={names.join(' ')}>
      {busy ? <IconLoader2 className="turning" size={22} aria-hidden /> : icon}
      {children}
      {hint}
    </AriaButton>
  );
}
