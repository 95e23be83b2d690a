import { cardFiles, type FileName } from './files.ts';
import { needChild, readTlv, readTlvs } from './tlv.ts';

/** Names of the data groups that EF.COM lists (5C, a list of their tags); tags that we do not know are left out. */
export function parseCom(file: Uint8Array): FileName[] {
  const tags = needChild(readTlvs(readTlv(file).value), 0x5c, 'COM').value;
  return [...tags].flatMap((tag) => {
    const entry = (Object.keys(cardFiles) as FileName[]).find((name) => cardFiles[name].tag === tag);
    return entry ? [entry] : [];
  });
}
