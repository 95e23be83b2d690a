/** A rectangle as parts (0 to 1) of what it lies in. */
export interface Part { x: number; y: number; width: number; height: number }
export interface Size { width: number; height: number }

/**
 * Where a part of the camera's picture lies on the screen, as parts of the element that shows it filled (`object-fit:
 * cover`); cut to what is seen. The decoder sees the true picture, so a mirrored view has the part on its other side.
 */
export function boxOnScreen(part: Part, picture: Size, view: Size, mirrored: boolean): Part {
  const scale = Math.max(view.width / picture.width, view.height / picture.height);
  const shown = { width: (picture.width * scale) / view.width, height: (picture.height * scale) / view.height };
  const left = part.x * shown.width - (shown.width - 1) / 2;
  const top = part.y * shown.height - (shown.height - 1) / 2;
  const [x, right] = cut(left, left + part.width * shown.width);
  const [y, bottom] = cut(top, top + part.height * shown.height);
  return { x: mirrored ? 1 - right : x, y, width: right - x, height: bottom - y };
}

const inside = (value: number): number => Math.min(1, Math.max(0, value));
const cut = (from: number, to: number): [number, number] => [inside(from), inside(to)];
