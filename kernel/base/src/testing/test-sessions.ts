import type { FastifyRequest } from 'fastify'
import type { Actor } from '../server/actor.ts'
import { newSecret } from '../server/crypto.ts'
import type { SessionSlot } from '../server/serve.ts'

/** Sessions without accounts: whoever is signed in here is believed. Stands in for `access` in the tests of its neighbors. */
export class TestSessions implements SessionSlot {
  readonly #signedIn = new Map<string, Actor>()

  /** Headers of a request by this actor. */
  signIn(actor: Actor): { authorization: string } {
    const token = newSecret()
    this.#signedIn.set(token, actor)
    return { authorization: `Bearer ${token}` }
  }

  /** Every session of the account, or of the resident, ends at once. */
  revoke(id: string): void {
    for (const [token, actor] of this.#signedIn) if ((actor.residentId ?? actor.accountId) === id) this.#signedIn.delete(token)
  }

  /** The session goes on at another post. */
  changePost({ authorization }: { authorization: string }, actor: Actor): void {
    this.#signedIn.set(authorization.replace('Bearer ', ''), actor)
  }

  async resolve(request: FastifyRequest, _by?: 'person' | 'machine'): Promise<Actor | undefined> {
    const actor = this.#actorOf(request)
    return actor?.residentId ? undefined : actor
  }

  async resolveResident(request: FastifyRequest): Promise<Actor | undefined> {
    const actor = this.#actorOf(request)
    return actor?.residentId ? actor : undefined
  }

  #actorOf(request: FastifyRequest): Actor | undefined {
    const token = request.headers.authorization?.replace(/^Bearer /, '')
    return token ? this.#signedIn.get(token) : undefined
  }
}
