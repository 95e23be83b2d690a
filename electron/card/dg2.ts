import type { FaceImage } from '../../shared/contracts/identity.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import { imageOfFaceRecord } from './face-record.ts';
import { imageHeader } from './image-header.ts';
import { maxDepth, readTlv, readTlvs, type Tlv } from './tlv.ts';

/** The face as the card holds it. Lives in memory only, for the officer's screen. */
export interface FacePicture extends Omit<FaceImage, 'bytes'> {
  bytes: Uint8Array;
}

const group = 0x7f61;
const template = 0x7f60;
/** Biometric data of ISO/IEC 19794-5, and the constructed form that ISO/IEC 39794-5 comes in. */
const data = 0x5f2e;
const constructedData = 0x7f2e;
const maxFaces = 16;

/**
 * The first face of DG2: 75 { 7F61 { 02, 7F60 { A1, 5F2E | 7F2E } … } } (ICAO 9303-10 clause 4.7.2), record of
 * ISO/IEC 19794-5 or 39794-5. Format and size are those of the image's own header.
 * @throws ProblemError `card-file-invalid` when there is no face that can be shown
 */
export function parseDg2(file: Uint8Array): FacePicture {
  const faces = readTlvs(readTlv(file).value).filter(({ tag }) => tag === group)
    .flatMap(({ value }) => readTlvs(value)).filter(({ tag }) => tag === template).slice(0, maxFaces);
  const [first] = faces;
  if (!first) throw new ProblemError('card-file-invalid', 'DG2: no face');
  const record = readTlvs(first.value).find(({ tag }) => tag === data || tag === constructedData);
  if (!record) throw new ProblemError('card-file-invalid', 'DG2: no record');
  return picture(imageOfRecord(record));
}

/** The image of a record, whichever standard it follows: cards are seen to put either under either tag. */
function imageOfRecord(record: Tlv): Uint8Array {
  const old = imageOfFaceRecord(record.value);
  if (old) return old;
  const image = imageOf39794(record.value);
  if (!image) throw new ProblemError('card-file-invalid', 'DG2: record');
  return image;
}

// ISO/IEC 39794-5 in DER: faceImageData 65 { version A0, representations A1 { SEQUENCE { … imageRepresentation A1
// { base A0 { image2D A0 { representationData2D 80 … } } } } } }, all tags by position.
const pathTo2d = [0x30, 0xa1, 0xa0, 0xa0, 0x80] as const;

function imageOf39794(value: Uint8Array): Uint8Array | null {
  const block = descend(readTlvs(value), 0);
  const representations = block && readTlvs(block.value).find(({ tag }) => tag === 0xa1);
  let node: Tlv | undefined = representations ?? undefined;
  for (const tag of pathTo2d) node = node && readTlvs(node.value).find((child) => child.tag === tag);
  return node?.value ?? null;
}

/** The 65 node, which stands in a wrapper of its own or not. */
function descend(nodes: readonly Tlv[], depth: number): Tlv | null {
  if (depth > maxDepth) return null;
  const found = nodes.find(({ tag }) => tag === 0x65);
  if (found) return found;
  const wrapper = nodes.find(({ tag }) => tag === 0xa1);
  return wrapper ? descend(readTlvs(wrapper.value), depth + 1) : null;
}

function picture(bytes: Uint8Array): FacePicture {
  const header = imageHeader(bytes);
  if (!header) throw new ProblemError('card-file-invalid', 'DG2: image');
  return { ...header, bytes };
}
