/** The part of the package that decode-face.ts uses; it brings no types of its own. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface J2kDecoder {
    /** Memory of the library to put the image into. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getFrameInfo(): { width: number; height: number; componentCount: number; bitsPerSample: number };
    /** Samples, components side by side. */
    getDecodedBuffer(): Uint8Array;
  }

  export interface OpenJpeg {
    J2KDecoder: new () => J2kDecoder;
  }

  const load: (options: { print(text: string): void; printErr(text: string): void }) => Promise<OpenJpeg>;
  export default load;
}
