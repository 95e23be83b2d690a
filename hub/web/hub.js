// A live page brings its content up to date while nobody works in it.
const main = document.querySelector('main[data-live]');
if (main) {
  setInterval(async () => {
    const busy = main.contains(document.activeElement) || document.hidden || String(getSelection()) !== '';
    if (busy) return;
    const response = await fetch(location.href).catch(() => null);
    if (!response || !response.ok) return;
    if (response.redirected) return location.reload();
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main[data-live]');
    if (fresh) main.replaceChildren(...fresh.childNodes);
  }, Number(main.dataset.live) * 1000);
}

// How long a code is still good.
const until = document.querySelector('[data-until]');
if (until) {
  const show = () => {
    const left = Math.max(0, Math.round((Date.parse(until.dataset.until) - Date.now()) / 1000));
    until.textContent = left === 0 ? '(đã hết hạn)' : `(còn ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')})`;
  };
  show();
  setInterval(show, 1000);
}

// A browser says what a field lacks in the language of its own menus.
for (const field of document.querySelectorAll('input, select')) {
  field.addEventListener('invalid', () => {
    const { valueMissing, tooShort } = field.validity;
    if (valueMissing) field.setCustomValidity('Vui lòng nhập ô này.');
    else if (tooShort) field.setCustomValidity(`Vui lòng nhập ít nhất ${field.minLength} ký tự.`);
  });
  field.addEventListener('input', () => field.setCustomValidity(''));
}

document.querySelector('[data-print]')?.addEventListener('click', () => window.print());
