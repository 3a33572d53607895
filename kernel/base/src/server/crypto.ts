import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

/**
 * The master key (32 bytes) and what is derived from it. Kept in `DATA_DIR/keys/master.key` (0600), never in the database:
 * a backup without it is unreadable, and a lost key is lost data.
 */
export interface Vault {
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. */
  seal(text: string, key?: Buffer): Buffer
  open(sealed: Buffer, key?: Buffer): string
  /** HMAC-SHA-256 under a key of its own per domain: equal values find each other, nobody without the master key can try values. */
  keyedHash(domain: string, value: string): Buffer
  /** Digits that follow from the id and the master key alone: the same on every replay, unguessable without the key. */
  deriveDigits(domain: string, id: string, length: number): string
  newPersonKey(): { key: Buffer; wrapped: Buffer }
  unwrap(wrapped: Buffer): Buffer
}

export function createVault(master: Buffer): Vault {
  if (master.length !== 32) throw new Error('the master key is 32 bytes')
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, 'linli', purpose, 32))
  const sealKey = derive('seal')
  const wrapKey = derive('wrap')
  // Keys as Node holds them: made of bytes anew for each hash they cost five times the hash.
  const hashKeys = new Map<string, KeyObject>()
  const hashKey = (domain: string): KeyObject => {
    const known = hashKeys.get(domain)
    if (known) return known
    const key = createSecretKey(derive(`hash:${domain}`))
    hashKeys.set(domain, key)
    return key
  }
  const keyedHash = (domain: string, value: string) => createHmac('sha256', hashKey(domain)).update(value.normalize('NFKC')).digest()
  return {
    seal: (text, key = sealKey) => encrypt(Buffer.from(text, 'utf8'), key),
    open: (sealed, key = sealKey) => decrypt(sealed, key).toString('utf8'),
    keyedHash,
    deriveDigits: (domain, id, length) =>
      (BigInt(`0x${keyedHash(domain, id).toString('hex')}`) % 10n ** BigInt(length)).toString().padStart(length, '0'),
    newPersonKey: () => {
      const key = randomBytes(32)
      return { key, wrapped: encrypt(key, wrapKey) }
    },
    unwrap: (wrapped) => decrypt(wrapped, wrapKey),
  }
}

function encrypt(plain: Buffer, key: Buffer): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

function decrypt(sealed: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}

export const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** A secret to hand out once (session token, upload code): 256 bits, URL-safe. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
