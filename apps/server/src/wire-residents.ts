import { codeMinutes, type ResidentSlots } from '@linli/access/server'
import type { Vault } from '@linli/base/server'
import type { Templates } from '@linli/messages/define'
import { tellOutside } from '@linli/messages/server'
import { describePerson, findByPhone } from '@linli/registry/server'

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
