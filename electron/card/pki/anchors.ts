/**
 * What a reading is checked against: certificates of signing authorities (CSCA and their link certificates) and their
 * lists of revoked certificates, each the DER bytes as they were imported. Trust comes from who imported them.
 */
export interface TrustAnchors {
  certificates: readonly Uint8Array[];
  crls: readonly Uint8Array[];
}

/** Nothing is trusted: the chain of a document is then not checked. */
export const noAnchors: TrustAnchors = { certificates: [], crls: [] };
