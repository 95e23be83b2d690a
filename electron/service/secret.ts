import { hash, verify } from '@node-rs/argon2';

// Argon2id. Measured at about 0.1 to 0.2 s on a small PC: slow for who tries PINs, bearable for who types one.
const cost = { memoryCost: 48 * 1024, timeCost: 3, parallelism: 1 } as const;

/** The hash of a PIN or password, salted, with its parameters inside; off the main path. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret.normalize('NFC'), cost);
}

/** True when the secret fits. `secretHash` null: works as long and says no, so that names cannot be told apart by time. */
export async function secretFits(secretHash: string | null, secret: string): Promise<boolean> {
  nobody ??= hashSecret('nobody has this one');
  const fits = await verify(secretHash ?? await nobody, secret.normalize('NFC'));
  return secretHash !== null && fits;
}
let nobody: Promise<string> | undefined;
