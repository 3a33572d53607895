import { serveBare } from '@linli/base/server'
import type { FastifyInstance } from 'fastify'
import { sendTelemetry } from '../contract/telemetry.ts'
import { quarantineReasons } from '../define/quarantine-reasons.ts'
import { openDoor } from './admit-device.ts'
import type { SignalsDeps } from './deps.ts'
import type { DeviceBook } from './device-book.ts'
import { SignalError } from './errors.ts'
import type { Ingest } from './ingest.ts'

/** Devices without MQTT. The body reaches us as it came: what is wrong with it must be kept, not only said. */
export function telemetryRoute(app: FastifyInstance, deps: SignalsDeps, book: DeviceBook, ingest: Ingest): void {
  const door = openDoor(deps, book)
  app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    serveBare(scope, deps, sendTelemetry, async (_actor, { params: { code } }, { request }) => {
      const secret = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const device = await door.admit({ code, secret, address: request.ip, channel: 'http' })
      if (!device) throw SignalError('device_refused')
      const payload = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { isStored, fault } = await ingest.accept(device, payload, 'http')
      if (!fault) return { stored: isStored }
      const [message] = quarantineReasons[fault.reason]
      throw SignalError('message_quarantined', { fields: [{ path: fault.field ?? '', message }] })
    })
    registered()
  })
}
