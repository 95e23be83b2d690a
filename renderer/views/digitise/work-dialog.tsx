import { Dialog, type DialogProps } from '../../components/dialog.tsx';
import { useStatus } from '../../status.tsx';

/** A dialog of a working screen: it hides with its screen while the session is locked, since it lies outside of it. */
export function WorkDialog({ open, ...rest }: DialogProps) {
  const { status } = useStatus();
  return <Dialog open={open && status.session !== null} {...rest} />;
}
