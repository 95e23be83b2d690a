import type { Handlers } from '../../../shared/contracts/requests/index.ts';
import type { readerRequests } from '../../../shared/contracts/requests/reader.ts';
import { appendEvent, writeSettings } from '../../store/index.ts';
import { createCardPort } from '../card/card-port.ts';
import type { ServiceContext } from '../context.ts';
import { testReaders } from '../card/reader-test.ts';
import { spotCheck } from '../gate/spot-check.ts';

type ReaderHandlers = Pick<Handlers, keyof typeof readerRequests>;

/** The card readers of this place, and the face of the card read last. */
export function readerHandlers(context: ServiceContext): ReaderHandlers {
  const guard = createCardPort(context);
  const { store, cards, readerDesk, faces } = context;
  return {
    'reader/state': async () => readerDesk.now(),
    'reader/choose': async ({ name }) => {
      const actor = context.requireUser().userId;
      const changes = { readerName: name };
      const settings = store.transaction(() => {
        const next = writeSettings(store, changes);
        appendEvent(store, { type: 'settings-changed', actor, payload: { changes } });
        return next;
      });
      context.settingsChanged(settings);
      readerDesk.tell();
      return readerDesk.now();
    },
    'reader/test': () => testReaders(cards),
    'gate/spot-check': (input) => spotCheck(context, guard, input),
    'gate/spot-cancel': async () => {
      guard.cancel();
      return {};
    },
    'card/face': async ({ faceId }) => faces.get(faceId, context.requireUser().userId),
    'card/face-drop': async ({ faceId }) => {
      faces.drop(faceId);
      return {};
    },
  };
}
