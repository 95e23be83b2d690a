import type { ReactNode } from 'react';
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
export function Dialog({ open, title, onClose, actions, wide = false, children }: DialogProps) {
  if (!open) return null;
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
