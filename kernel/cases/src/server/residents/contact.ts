import { maskName, maskPhone } from '@linli/base/define'
import type { Ctx, Vault } from '@linli/base/server'
import type { CaseView, Relation } from '../../contract/case.ts'
import type { CasesDeps } from '../deps.ts'

/** The reporter's contact as it stands in the opening entry: ciphertext under a key of its own. */
export interface SealedContact {
  keyId: string
  name?: string
  phone?: string
  agent?: string
  /** Says nothing of anybody by itself. */
  relation?: Relation
}

export interface Contact {
  name?: string | undefined
  phone?: string | undefined
  /** Who came in place of the person (代办). */
  agent?: { name: string; relation: Relation } | undefined
}

/** Seals a contact under a new person key; undefined when nothing was given. */
export async function sealContact(ctx: Ctx, deps: CasesDeps, contact: Contact | undefined): Promise<SealedContact | undefined> {
  if (!contact?.name && !contact?.phone) return undefined
  const { keyId, key } = await deps.createPersonKey(ctx)
  const sealed: SealedContact = { keyId }
  if (contact.name) sealed.name = deps.vault.seal(contact.name, key).toString('base64')
  if (contact.phone) sealed.phone = deps.vault.seal(contact.phone, key).toString('base64')
  if (contact.agent) {
    sealed.agent = deps.vault.seal(contact.agent.name, key).toString('base64')
    sealed.relation = contact.agent.relation
  }
  return sealed
}

/** The contact in clear; undefined when its key was erased. Runs as the system: keys are not for requests. */
export async function openContact(
  ctx: Ctx,
  deps: Pick<CasesDeps, 'vault' | 'loadPersonKey'>,
  sealed: SealedContact | undefined,
): Promise<Contact | undefined> {
  if (!sealed) return undefined
  const key = await deps.loadPersonKey(ctx, sealed.keyId)
  if (!key) return undefined
  const open = (value: string | undefined) => (value ? deps.vault.open(Buffer.from(value, 'base64'), key) : undefined)
  const agent = open(sealed.agent)
  return {
    name: open(sealed.name),
    phone: open(sealed.phone),
    agent: agent ? { name: agent, relation: sealed.relation ?? 'other' } : undefined,
  }
}

export function maskContact(contact: Contact | undefined): Omit<CaseView['reporter'], 'sealed'> {
  return {
    name: contact?.name ? maskName(contact.name) : null,
    phone: contact?.phone ? maskPhone(contact.phone) : null,
    agent: contact?.agent ? { ...contact.agent, name: maskName(contact.agent.name) } : null,
  }
}

/** The code a reporter gets: follows from the case alone, so a replay shows the same one and nothing keeps it in clear. */
export const codeOf = (vault: Vault, caseId: string): string => vault.deriveDigits('case.code', caseId, 16)

export const codeHash = (vault: Vault, code: string): Buffer => vault.keyedHash('case.code', code.replace(/\D/g, ''))
/** Salted by the case: the same four digits look different in every row. */
export const tailHash = (vault: Vault, caseId: string, tail: string): Buffer => vault.keyedHash('case.tail', `${caseId}:${tail}`)

/** What a reporter proves to be the reporter with: the last four of the phone, or of the code when no phone was given. */
export const tailOf = (contact: Contact | undefined, code: string): string => (contact?.phone ?? code).replace(/\D/g, '').slice(-4)
