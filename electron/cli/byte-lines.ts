const LINE_FEED = 10;

/**
 * Lines of a byte stream, parted by LF only: CR, NUL and broken UTF-8 belong to what is being examined.
 * A line longer than `most` bytes comes cut to `most` + 1 bytes, so that its length still tells.
 */
export async function* byteLines(stream: NodeJS.ReadableStream, most: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  const keep = (part: Buffer): void => {
    const room = most + 1 - length;
    if (room > 0) parts.push(part.subarray(0, room));
    length += part.length;
  };
  for await (const chunk of stream) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      keep(rest.subarray(0, end));
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
      rest = rest.subarray(end + 1);
    }
    keep(rest);
  }
  if (length > 0) yield Buffer.concat(parts);
}
