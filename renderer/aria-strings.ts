import { aria } from './texts/aria.ts';

// React Aria looks here for texts in place of its own. This must be loaded before the first component.
Object.assign(window, { [Symbol.for('react-aria.i18n.locale')]: 'vi-VN', [Symbol.for('react-aria.i18n.strings')]: aria });
