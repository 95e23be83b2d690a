import { IconCopy } from '@tabler/icons-react';
import { Button } from './button.tsx';
import { useToast } from './toast.tsx';

/** Puts a text onto the clipboard and says so. */
export function CopyButton({ text, label, said }: { text: string; label: string; said: string }) {
  const toast = useToast();
  return (
    <Button kind="quiet" aria-label={label} icon={<IconCopy size={20} aria-hidden />}
      onPress={() => { if (copy(text)) toast('passed', said); }} />
  );
}

/** By the copy event, not `navigator.clipboard`: the page has no permission of the system and asks for none. */
function copy(text: string): boolean {
  document.addEventListener('copy', (event) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  }, { once: true });
  return document.execCommand('copy');
}
