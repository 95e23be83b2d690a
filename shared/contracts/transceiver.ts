/**
 * The one port between a card and the program: a command APDU goes in, the response APDU (data and the two status
 * bytes) comes out. Readers implement it (electron/devices), the chip protocol uses it (electron/card).
 * An answer of fewer than two bytes means that the card has gone.
 */
export interface Transceiver {
  transmit(apdu: Uint8Array): Promise<Uint8Array>;
}
