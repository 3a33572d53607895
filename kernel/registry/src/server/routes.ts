import { serve } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import * as contract from '../contract/index.ts'
import { addAddress, listAddresses } from './addresses.ts'
import { addAlias, endAlias } from './aliases.ts'
import { changePerson } from './change-person.ts'
import { askCorrection, listCorrections } from './corrections.ts'
import type { RegistryDeps } from './deps.ts'
import { askErasure, decideErasure, listErasures } from './erasures.ts'
import { getDwelling } from './get-dwelling.ts'
import { getPerson, listPersonEntries, listPersonViews } from './get-person.ts'
import { listPersons } from './list-persons.ts'
import { countLooks, listLooks } from './looks.ts'
import { matchAddress } from './match-address.ts'
import { mergePersons, unmergePersons } from './merge-persons.ts'
import { recordPerson } from './record-person.ts'
import { revealPerson } from './reveal-person.ts'
import { visitRoutes } from './visits/visit-routes.ts'

/** Addresses and person files, for staff. */
export function registryRoutes(app: FastifyInstance, deps: RegistryDeps): void {
  serve(app, deps, contract.listAddresses, (ctx, { query }) => listAddresses(ctx, query))
  serve(app, deps, contract.addAddress, (ctx, { body }) => addAddress(ctx, body))
  serve(app, deps, contract.matchAddress, (ctx, { query }) => matchAddress(ctx, query))
  serve(app, deps, contract.addAlias, (ctx, { params, body }) => addAlias(ctx, params.addressId, body.name))
  serve(app, deps, contract.endAlias, (ctx, { params }) => endAlias(ctx, params))
  serve(app, deps, contract.getDwelling, (ctx, { params }) => getDwelling(ctx, deps, params.addressId))
  serve(app, deps, contract.listPersons, (ctx, { query }) => listPersons(ctx, deps, query), { asksOnce: true })
  serve(app, deps, contract.recordPerson, (ctx, { body }) => recordPerson(ctx, deps, body))
  serve(app, deps, contract.getPerson, (ctx, { params }) => getPerson(ctx, deps, params.personId))
  serve(app, deps, contract.changePerson, (ctx, { params, body }) => changePerson(ctx, deps, { personId: params.personId, ...body }))
  serve(app, deps, contract.revealPerson, (ctx, { params, body }) => revealPerson(ctx, deps, params.personId, body))
  serve(app, deps, contract.listCorrections, (ctx, { query }) => listCorrections(ctx, deps, query))
  serve(app, deps, contract.askCorrection, (ctx, { params, body }) => askCorrection(ctx, deps, params.personId, body))
  serve(app, deps, contract.listErasures, (ctx, { query }) => listErasures(ctx, deps, query))
  serve(app, deps, contract.askErasure, (ctx, { params, body }) => askErasure(ctx, deps, params.personId, body))
  serve(app, deps, contract.decideErasure, (ctx, { params, body }) => decideErasure(ctx, deps, params, body.outcome))
  serve(app, deps, contract.mergePersons, (ctx, { params, body }) => mergePersons(ctx, deps, { personId: params.personId, ...body }))
  serve(app, deps, contract.unmergePersons, (ctx, { params, body }) => unmergePersons(ctx, deps, { personId: params.personId, ...body }))
  serve(app, deps, contract.listPersonEntries, async (ctx, { params }) => ({ items: await listPersonEntries(ctx, params.personId) }))
  serve(app, deps, contract.listPersonViews, async (ctx, { params }) => ({ items: await listPersonViews(ctx, params.personId) }))
  serve(app, deps, contract.listLooks, (ctx, { query }) => listLooks(ctx, query))
  serve(app, deps, contract.countLooks, (ctx, { query }) => countLooks(ctx, query))
  visitRoutes(app, deps)
}
