// Lets the app begin only when Playwright is attached: connecting to a page that is just loading sometimes never ends.
// With its own Electron Playwright brings such a file along (and with it some thirty Chromium switches that no kiosk
// has); with the executable that we name it does not, but calls the same function.
const { app } = require('electron');

const ready = app.whenReady();
const driven = new Promise((resolve) => {
  globalThis.__playwright_run = () => ready.then(resolve);
});
app.whenReady = () => driven;
