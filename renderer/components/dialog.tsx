import { useEffect, useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

export interface DialogProps {
  open: boolean;
  title: string;
  /** Called by Escape and a press beside the box; leave out where a choice must be made. */
  onClose?: () => void;
  actions?: ReactNode;
  wide?: boolean;
  children?: ReactNode;
}

/**
 * A modal window: the focus stays inside and goes back to where it was. Put the primary action last in `actions`. Closed, it
 * is gone at once: React Aria would keep its veil until the last animation on it ended, and one that never ends (a page in
 * the background, a transition that was cut short) would leave the screen behind it without an answer to any key.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null;
}

/** What had the focus before the first of several windows that take each other's place. */
let opener: HTMLElement | null = null;

function focusBefore(): HTMLElement | null {
  const active = document.activeElement;
  if (active instanceof HTMLElement && active !== document.body && active.closest('[role=dialog]') === null) opener = active;
  return opener;
}

function OpenDialog({ title, onClose, actions, wide = false, children }: Omit<DialogProps, 'open'>) {
  const [before] = useState(focusBefore);
  // React Aria gives the focus back to what had it when this window opened: nothing, where that stood in a window that made room for this one.
  useEffect(() => () => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (document.activeElement === document.body && document.querySelector('[role=dialog]') === null) before?.focus();
    }));
  }, [before]);
  return (
    <ModalOverlay className="veil" isOpen isDismissable={onClose !== undefined} isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(isOpen) => { if (!isOpen) onClose?.(); }}>
      <Modal className={wide ? 'dialog-box dialog-box-wide' : 'dialog-box'}>
        <AriaDialog className="dialog">
          <Heading slot="title" level={2}>{title}</Heading>
          {children}
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
