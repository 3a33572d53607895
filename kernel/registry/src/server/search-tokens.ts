import type { Vault } from '@linli/base/server'
import { pinyin } from 'pinyin-pro'
import type { PersonValues } from '../define/person-fields.ts'

/** Names are sealed, so what finds them is keyed: a token is 64 bits of a keyed hash, as a signed decimal for a bigint column. */
type Token = string

/** Words that many share: pairs of characters, initials, tails. A number or a phone is one person's, and not kept. */
const sharedWords = new WeakMap<Vault, Map<string, Token>>()
const mostShared = 20_000

function token(vault: Vault, kind: string, word: string): Token {
  if (kind === 'id' || kind === 'phone') return hashWord(vault, kind, word)
  const known = sharedWords.get(vault) ?? new Map<string, Token>()
  sharedWords.set(vault, known)
  const name = `${kind} ${word}`
  const made = known.get(name) ?? hashWord(vault, kind, word)
  if (known.size < mostShared) known.set(name, made)
  return made
}

const hashWord = (vault: Vault, kind: string, word: string): Token => vault.keyedHash(`registry.${kind}`, word).readBigInt64BE(0).toString()

/** Everything a person can be found by: pairs of characters of the name, pinyin initials, the number and its tail, the phone and its tail. */
export function tokensOf(vault: Vault, { name, idNumber, phone }: PersonValues): Token[] {
  const tokens = [
    ...(name
      ? [
          ...pairsOf(name).map((pair) => token(vault, 'pair', pair)),
          ...prefixesOf(initialsOf(name)).map((start) => token(vault, 'initials', start)),
        ]
      : []),
    ...(idNumber ? [token(vault, 'id', idNumber), token(vault, 'tail', idNumber.slice(-4))] : []),
    ...(phone ? [token(vault, 'phone', phone), token(vault, 'tail', phone.slice(-4))] : []),
  ]
  return [...new Set(tokens)]
}

/** What somebody typed, as the tokens a person must bear; none says that these words find nobody. */
export function wantedTokens(vault: Vault, words: string): Token[] {
  const said = words.replace(/\s+/g, '').toUpperCase()
  if (/^\d{17}[\dX]$/.test(said)) return [token(vault, 'id', said)]
  if (/^\d{7,12}$/.test(said)) return [token(vault, 'phone', said)]
  if (/^\d{3}[\dX]$/.test(said)) return [token(vault, 'tail', said)]
  if (/^[A-Z]{2,8}$/.test(said)) return [token(vault, 'initials', said)]
  return pairsOf(said).map((pair) => token(vault, 'pair', pair))
}

/** Neighbors in a name: 王建国 → 王建, 建国. */
export function pairsOf(name: string): string[] {
  const chars = Array.from(
    name
      .normalize('NFKC')
      .replace(/[\s·•]/g, '')
      .toUpperCase(),
  )
  return [...new Set(chars.slice(1).map((char, at) => `${chars[at]}${char}`))]
}

/** 王建国 → WJG, a surname read as a surname (单 → S). */
export function initialsOf(name: string): string {
  return pinyin(name, { pattern: 'first', toneType: 'none', mode: 'surname', type: 'array', nonZh: 'consecutive' }).join('').toUpperCase()
}

const prefixesOf = (initials: string): string[] =>
  Array.from({ length: Math.max(0, initials.length - 1) }, (_, at) => initials.slice(0, at + 2))
