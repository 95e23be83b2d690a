import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { cameraTexts } from '../../texts/camera.ts';
import { common } from '../../texts/common.ts';
import { WorkDialog } from '../digitise/work-dialog.tsx';
import { CameraSettings } from './camera-settings.tsx';
import { HardwarePage } from './hardware-page.tsx';
import { MrzTry } from './mrz-try.tsx';
import './camera.css';

export type CameraPage = 'camera' | 'mrz' | 'hardware';

export interface CameraDialogProps {
  open: boolean;
  onClose: () => void;
  /** The page that stands there first. */
  page?: CameraPage;
}

/** Choosing and setting the camera with the picture beside it, and what hardware fits. */
export function CameraDialog({ open, onClose, page = 'camera' }: CameraDialogProps) {
  return (
    <WorkDialog open={open} wide title={cameraTexts.title} onClose={onClose} actions={<Button onPress={onClose}>{common.close}</Button>}>
      <Pages first={page} />
    </WorkDialog>
  );
}

function Pages({ first }: { first: CameraPage }) {
  const [page, setPage] = useState(first);
  return (
    <div className="camera-pages">
      <Tabs<CameraPage> label={cameraTexts.title} value={page} onChange={setPage} items={[
        { id: 'camera', label: cameraTexts.tabs.camera, content: <CameraSettings /> },
        { id: 'mrz', label: cameraTexts.tabs.mrz, content: <MrzTry /> },
        { id: 'hardware', label: cameraTexts.tabs.hardware, content: <HardwarePage /> },
      ]} />
    </div>
  );
}
