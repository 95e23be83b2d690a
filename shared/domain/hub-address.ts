const secure = /^https:\/\/[^\s/?#@]+(\/\S*)?$/i;
const thisMachine = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(\/\S*)?$/i;

/** May a kiosk send to this address? HTTPS, or plain HTTP to this very machine: what is sent is personal data. */
export function isHubAddress(text: string): boolean {
  return secure.test(text) || thisMachine.test(text);
}

/** Is this an address that is still being typed, so that a complaint would come too early? */
export function isBeginOfHubAddress(text: string): boolean {
  return 'https://'.startsWith(text.toLowerCase()) || 'http://'.startsWith(text.toLowerCase());
}
