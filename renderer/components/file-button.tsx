import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { IconUpload } from '@tabler/icons-react';
import { Button, type ButtonProps } from './button.tsx';

export interface FileButtonProps extends Pick<ButtonProps, 'kind' | 'size' | 'busy' | 'isDisabled'> {
  /** MIME types or endings with their dot. */
  accept: readonly string[];
  many?: boolean;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Opens the file chooser of the system; works by touch and by keyboard. */
export function FileButton({ accept, many = false, onFiles, children, ...button }: FileButtonProps) {
  return (
    <FileTrigger acceptedFileTypes={accept} allowsMultiple={many} onSelect={(files) => { if (files && files.length > 0) onFiles([...files]); }}>
      <Button {...button} icon={<IconUpload size={22} aria-hidden />}>{children}</Button>
    </FileTrigger>
  );
}
