import type { Log } from '@linli/base/server'
import { gatewayAdapter, startPhones } from '@linli/message-gateway/server'
import { type OutsideChannel, outsideChannels } from '@linli/messages/define'
import type { Channels } from '@linli/messages/server'
import type { Config } from './config.ts'
import type { Stops } from './stops.ts'

/** Where the phones of the demo are looked for first; taken, any other. */
const phonesPort = 17_820
/** Published as the passwords are: every process of a demo database knows it, and such a database serves loopback only. */
const phonesSecret = 'linli-demo-gateway'

/** The channels that are set up by address. */
export function wireChannels(config: Config): Channels {
  const channels: Channels = new Map()
  for (const channel of outsideChannels) {
    const url = urlOf(config, channel)
    if (url) channels.set(channel, gatewayAdapter({ channel, url, publicUrl: publicUrlOf(config) }))
  }
  return channels
}

/**
 * In a demo, what has no address goes to simulated phones in a process of their own; answers where a person sees them. They start again
 * with the platform and have forgotten what they showed.
 */
export async function addPhones(config: Config, channels: Channels, stops: Stops, log: Log): Promise<string | null> {
  const missing = outsideChannels.filter((channel) => !channels.has(channel))
  if (missing.length === 0) return null
  try {
    const phones = await startPhones({ port: phonesPort, secret: phonesSecret })
    stops.push(() => phones.stop())
    for (const channel of missing)
      channels.set(channel, gatewayAdapter({ channel, url: phones.gatewayUrl, publicUrl: publicUrlOf(config) }))
    return phones.pageUrl
  } catch (error) {
    log('the simulated phones could not be started: messages wait', { error: (error as Error).message })
    return null
  }
}

const urlOf = (config: Config, channel: OutsideChannel): string | undefined =>
  channel === 'sms' ? config.LINLI_SMS_GATEWAY : config.LINLI_VOICE_GATEWAY

/** Receipts come over the address that people use. */
const publicUrlOf = ({ LINLI_PUBLIC_URL, HOST, PORT }: Config): string =>
  LINLI_PUBLIC_URL ?? `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`
