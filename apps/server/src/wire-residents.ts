import { codeMinutes, type ResidentSlots, rebindResidents } from '@linli/access/server'
import type { Subscriber, Vault } from '@linli/base/server'
import type { Templates } from '@linli/messages/define'
import { tellOutside } from '@linli/messages/server'
import { describePerson, findByPhone, phonesOf } from '@linli/registry/server'

/** Signing residents in: the code goes out as a message, the number is looked up in the registry. */
export function residentSlots(vault: Vault, templates: Templates): ResidentSlots {
  return {
    sendCode: (system, { codeId, phone, code, lang }) =>
      tellOutside(system, { vault, templates }, [
        {
          recipient: { kind: 'resident', id: codeId, name: '', phone, lang },
          channel: 'sms',
          template: 'access.sign-in-code',
          params: { code, minutes: codeMinutes },
          onceKey: `sign-in/${codeId}`,
          isUrgent: true,
          areaPath: null,
        },
      ]),
    findPerson: (system, phone) => findByPhone(system, vault, phone),
    describe: describePerson,
  }
}

/** Who is signed in follows the files: a number that comes into one, leaves one or is borne by two is asked for anew. */
export function residentSubscriber(vault: Vault): Subscriber {
  return {
    name: 'access.residents',
    events: ['person.recorded', 'person.changed', 'person.visited', 'person.erased'],
    async apply(system, { payload }) {
      const personId = String(payload.personId)
      const phones = await phonesOf(system, vault, personId)
      const findPerson: ResidentSlots['findPerson'] = (asking, phone) => findByPhone(asking, vault, phone)
      await rebindResidents(system, { vault, findPerson }, { personId, phones })
    },
  }
}
