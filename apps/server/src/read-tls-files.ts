import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { StartError } from '@linli/base/server'
import type { TlsFiles } from '@linli/signals/server'
import type { Config } from './config.ts'
import { tryPort } from './serve-http.ts'

/** What the encrypted door for devices needs; undefined where none is wanted. Throws StartError that names the file and what is wrong with it. */
export async function readTlsFiles(config: Config): Promise<TlsFiles | undefined> {
  if (config.MQTT_TLS_PORT === undefined) return undefined
  await tryPort(config, 'MQTT_TLS_PORT')
  const read = (name: 'MQTT_TLS_KEY' | 'MQTT_TLS_CERT' | 'MQTT_TLS_CA'): Promise<Buffer> =>
    readFile(config[name] ?? '').catch((error: NodeJS.ErrnoException) => {
      throw new StartError(2, `${name} cannot be read (${error.code}).`)
    })
  const files = { key: await read('MQTT_TLS_KEY'), cert: await read('MQTT_TLS_CERT'), ca: await read('MQTT_TLS_CA') }
  try {
    createSecureContext(files)
  } catch (error) {
    throw new StartError(2, `MQTT_TLS_KEY, MQTT_TLS_CERT and MQTT_TLS_CA do not fit: ${(error as Error).message}.`)
  }
  return { port: config.MQTT_TLS_PORT, ...files }
}
