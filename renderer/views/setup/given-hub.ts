let given = '';

/** Keeps the address of a hub that did not answer at set-up: the settings offer it again, for as long as the page is there. */
export function rememberHub(address: string): void {
  given = address;
}

/** The address given at set-up where it could not be enrolled; else empty. */
export function rememberedHub(): string {
  return given;
}
