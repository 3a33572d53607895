import { isIP } from 'node:net'
import { StartError } from '@linli/base/server'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const flag = z.enum(['0', '1']).transform((value) => value === '1')

const gateway = z
  .url({ protocol: /^https?$/ })
  .refine((url) => URL.parse(url)?.username && URL.parse(url)?.password, 'application and secret are missing: https://app:secret@host')
  .optional()

/** `2`, or `10.0.0.0/8, ::1`; undefined for anything else. */
function readProxies(text: string): number | string[] | undefined {
  if (/^[1-9]$/.test(text)) return Number(text)
  const ranges = text.split(',').map((range) => range.trim())
  return ranges.every(isRange) ? ranges : undefined
}

function isRange(range: string): boolean {
  const [address = '', bits, ...rest] = range.split('/')
  const family = isIP(address)
  return family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
}

/** URL templates of pictures of the country, the lowest layer first, each with `{z}`, `{x}` and `{y}`; undefined for anything else. */
function readTiles(text: string): string[] | undefined {
  const templates = text.trim().split(/\s+/)
  const isTemplate = (template: string): boolean =>
    /^https?:\/\/[\w.:-]+\//.test(template) &&
    ['{z}', '{x}', '{y}'].every((part) => template.includes(part)) &&
    ['', '#EPSG:3857', '#EPSG:4490'].includes(/#.*$/.exec(template)?.[0] ?? '')
  return templates.every(isTemplate) ? templates : undefined
}

/** Everything that can be set from outside. Nobody else reads `process.env`; `.env.example` is made from this. */
export const Config = z.object({
  HOST: z.string().default('127.0.0.1').describe('Address to listen on. A database marked as demo refuses any but loopback.'),
  PORT: port.default(8080).describe('HTTP port.'),
  MQTT_PORT: port.default(1883).describe('MQTT port for devices, on the same address.'),
  MQTT_TLS_PORT: port
    .optional()
    .describe(
      'MQTT over TLS, for devices with a certificate of their own; secrets are taken there too. Absent: no encrypted door. Needs the three files below.',
    ),
  MQTT_TLS_CERT: z.string().optional().describe('PEM file: the certificate by which devices know the platform, with those that signed it.'),
  MQTT_TLS_KEY: z.string().optional().describe('PEM file: the private key of that certificate, readable by the platform alone.'),
  MQTT_TLS_CA: z.string().optional().describe('PEM file: whoever signs the certificates of devices; several may stand in it.'),
  DATA_DIR: z.string().default('.data').describe('Embedded database, keys, files, anchors. Back it up as a whole.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('PostgreSQL 15 or newer, the serving role. Absent: an embedded one in DATA_DIR.'),
  DATABASE_OWNER_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('The role that owns the schemas and migrates. Needed with DATABASE_URL.'),
  LINLI_ROLE: z
    .enum(['all', 'http', 'worker', 'ingest'])
    .default('all')
    .describe('What this process does; any number of http, worker and ingest may run against one database.'),
  LINLI_DEMO: flag.default(false).describe('1: puts the demo town into an empty database, which marks it as demo.'),
  LINLI_TEST: flag.default(false).describe('1: test mode with a movable clock; refused unless the database was created in it.'),
  LINLI_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The address people use; an https one makes the session cookie Secure.'),
  LINLI_TRUST_PROXY: z
    .string()
    .transform((text, context) => {
      const proxies = readProxies(text)
      if (!proxies) context.addIssue('a number of proxies from 1 to 9, or their addresses (192.0.2.7, 10.0.0.0/8)')
      return proxies
    })
    .optional()
    .describe(
      'Proxies in front of this process, as a number of hops (1) or a list of addresses and ranges: only then is their X-Forwarded-For taken for the address of a client, which brakes and wrong tries are counted by.',
    ),
  LINLI_SMS_GATEWAY: gateway.describe(
    'Gateway for SMS, with application and secret: https://app:secret@gateway.example. Absent: none go out; in a demo, to simulated phones.',
  ),
  LINLI_VOICE_GATEWAY: gateway.describe('The same for voice calls.'),
  LINLI_DESK_BRIDGE: z
    .string()
    .regex(/^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/, 'the bridge is on the clerk’s own machine: http://127.0.0.1:PORT')
    .optional()
    .describe(
      'Where the pages of the workbench find card reader and receipt printer, on the machine of whoever sits there. Absent: by hand.',
    ),
  LINLI_MAP_TILES: z
    .string()
    .transform((text, context) => {
      const tiles = readTiles(text)
      if (!tiles) context.addIssue('URL templates with {z}, {x} and {y}, separated by spaces: https://tiles.example/{z}/{x}/{y}.png')
      return tiles
    })
    .optional()
    .describe(
      'Pictures of the country below the map: URL templates with {z}, {x} and {y}, the lowest layer first, separated by spaces; in web mercator, or in the grid of CGCS2000 where one ends in #EPSG:4490. Whoever signs in is told them, keys included. Absent: outlines alone, which need no internet.',
    ),
})
export type Config = z.infer<typeof Config>

/** Reads and checks the environment. Throws StartError (exit code 2) that names the setting and what is wrong with it. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const unknown = Object.keys(given).filter((key) => key.startsWith('LINLI_') && !(key in Config.shape))
  if (unknown.length > 0) throw new StartError(2, `Unknown setting ${unknown.join(', ')}. Known: ${Object.keys(Config.shape).join(', ')}.`)
  const parsed = Config.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new StartError(2, `${issue?.path.join('.')}: ${issue?.message}.`)
  }
  if (parsed.data.DATABASE_URL && !parsed.data.DATABASE_OWNER_URL && parsed.data.LINLI_ROLE === 'all') {
    throw new StartError(2, 'DATABASE_URL is set, DATABASE_OWNER_URL is not: who should migrate? See deploy/roles.sql.')
  }
  if (parsed.data.MQTT_TLS_PORT !== undefined)
    for (const name of ['MQTT_TLS_CERT', 'MQTT_TLS_KEY', 'MQTT_TLS_CA'] as const)
      if (!parsed.data[name]) throw new StartError(2, `MQTT_TLS_PORT is set, ${name} is not: an encrypted door needs all three files.`)
  return parsed.data
}

/** The text of `.env.example`; a test compares it with the file. */
export function envExample(): string {
  const lines = Object.entries(Config.shape).map(([key, schema]) => {
    const { description } = schema as { description?: string }
    const preset = schema.safeParse(undefined)
    const value = preset.success && preset.data !== undefined ? (typeof preset.data === 'boolean' ? Number(preset.data) : preset.data) : ''
    return `# ${description ?? ''}\n${key}=${value}\n`
  })
  return lines.join('\n')
}
