/**
 * What must be kept and never be read by whoever holds the database alone: sealed with the house's own key (AES-256-GCM).
 * The key lies in a file beside the data, or is given by the setting SECRET_KEY when several machines share a database.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Vault {
  /** `purpose` is bound to what is sealed: what was sealed for one thing does not open as another. */
  seal(text: string, purpose: string): Buffer;
  /** Throws `WrongKey` when it was sealed with another key or for another purpose, or was changed since. */
  open(sealed: Buffer, purpose: string): string;
}

export class WrongKey extends Error {
  constructor() {
    super('What was sealed cannot be opened: it was sealed with another key, or changed since.');
    this.name = 'WrongKey';
  }
}

/** The first byte of all that is sealed: so that another way can follow one day. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_FILE = 'secret.key';

export function openVault(key: Buffer): Vault {
  const aes = createHash('sha256').update('groundswell vault').update(key).digest();
  return {
    seal(text, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', aes, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, purpose) {
      if (sealed[0] !== VERSION || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw new WrongKey();
      const [nonce, tag, body] = [sealed.subarray(1, 13), sealed.subarray(13, 29), sealed.subarray(29)];
      try {
        const decipher = createDecipheriv('aes-256-gcm', aes, nonce).setAAD(Buffer.from(purpose)).setAuthTag(tag);
        return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw new WrongKey(); // the reason of the cipher says less
      }
    },
  };
}

/** The key of this house: given, or read from its file, or drawn and written there (0600) on the first start. */
export function houseKey(dataDir: string, given: string | undefined): Buffer {
  if (given) return Buffer.from(given, 'base64');
  const path = join(dataDir, KEY_FILE);
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(path, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // two that start at once: one of them wrote it
  }
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
}
