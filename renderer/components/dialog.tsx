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

/** A modal window: the focus stays inside and goes back to where it was. Put the primary action last in `actions`. */
export function Dialog({ open, title, onClose, actions, wide = false, children }: DialogProps) {
  return (
    <ModalOverlay className="veil" isOpen={open} isDismissable={onClose !== undefined} isKeyboardDismissDisabled={onClose === undefined}
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
