import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** A browser is paired by whoever sits at the machine: the code stands in the bridge's own window, the token stays in the browser. */
export interface Pairing {
  code(): string
  /** The token, or how many tries are left before the code changes. */
  pair(code: string): { token: string } | { left: number }
  knows(token: string): boolean
}

const triesPerCode = 5

/** Tokens outlive a restart, or every clerk would pair every morning; only their hashes are kept, in a file of the user alone. */
export function openPairing(file: string, say: (line: string) => void): Pairing {
  const hashes: string[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []
  let code = ''
  let left = 0
  const renew = (): void => {
    code = String(randomInt(1_000_000)).padStart(6, '0')
    left = triesPerCode
    say(`pairing code ${code}`)
  }
  renew()
  return {
    code: () => code,
    pair(given) {
      const isRight = isSame(hashOf(given), hashOf(code))
      if (!isRight) {
        left -= 1
        const rest = left
        if (left === 0) renew()
        return { left: rest }
      }
      const token = randomBytes(32).toString('base64url')
      hashes.push(hashOf(token))
      writeFileSync(file, JSON.stringify(hashes), { mode: 0o600 })
      renew()
      return { token }
    },
    knows: (token) => hashes.some((hash) => isSame(hash, hashOf(token))),
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))
