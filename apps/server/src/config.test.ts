import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { envExample, readConfig } from './config.ts'

const refusal = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    return error as { exitCode: number; message: string }
  }
  throw new Error('was accepted')
}

test('an empty environment gives the defaults: loopback, embedded database, no demo, no test mode', () => {
  expect(readConfig({})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8080,
    DATA_DIR: '.data',
    LINLI_ROLE: 'all',
    LINLI_DEMO: false,
    LINLI_TEST: false,
  })
})

test('an unknown LINLI_ setting is refused by name with exit code 2, so that a typing mistake is never a silent default', () => {
  expect(refusal({ LINLI_DEMOS: '1' })).toMatchObject({ exitCode: 2, message: expect.stringContaining('LINLI_DEMOS') })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['LINLI_ROLE', 'everything'],
  ['LINLI_DEMO', 'yes'],
  ['DATABASE_URL', 'mysql://x'],
  ['LINLI_PUBLIC_URL', 'linli.example'],
  ['LINLI_TRUST_PROXY', 'true'],
  ['LINLI_TRUST_PROXY', '0'],
  ['LINLI_TRUST_PROXY', '10.0.0.0/33'],
  ['LINLI_TRUST_PROXY', 'proxy.example'],
  ['LINLI_DESK_BRIDGE', 'http://desk.example:17801'],
  ['LINLI_DESK_BRIDGE', 'http://127.0.0.1:17801/path'],
  ['LINLI_MAP_TILES', 'tiles.example/{z}/{x}/{y}.png'],
  ['LINLI_MAP_TILES', 'https://tiles.example/{z}/{x}.png'],
  ['LINLI_MAP_TILES', 'https://tiles.example/{z}/{x}/{y}.png#EPSG:900913'],
  ['LINLI_MAP_TILES', "https://tiles.example'; script-src */{z}/{x}/{y}"],
])('%s=%s is refused in one line that names the setting', (key, value) => {
  const { exitCode, message } = refusal({ [key]: value })
  expect(exitCode).toBe(2)
  expect(message).toContain(key)
  expect(message).not.toContain('\n')
})

test('proxies are trusted by their number or by their addresses', () => {
  expect(readConfig({ LINLI_TRUST_PROXY: '2' }).LINLI_TRUST_PROXY).toBe(2)
  expect(readConfig({ LINLI_TRUST_PROXY: '10.0.0.0/8, ::1' }).LINLI_TRUST_PROXY).toEqual(['10.0.0.0/8', '::1'])
  expect(readConfig({}).LINLI_TRUST_PROXY).toBeUndefined()
})

test('pictures below the map are templates, the lowest first', () => {
  const layers = ['https://tiles.example/{z}/{x}/{y}.png', 'https://tiles.example/?T=cva_c&x={x}&y={y}&l={z}&tk=key#EPSG:4490']
  expect(readConfig({ LINLI_MAP_TILES: layers.join(' ') }).LINLI_MAP_TILES).toEqual(layers)
  expect(readConfig({}).LINLI_MAP_TILES).toBeUndefined()
})

test('a database without anyone to migrate it is refused', () => {
  expect(refusal({ DATABASE_URL: 'postgresql://linli@127.0.0.1/linli' }).message).toContain('DATABASE_OWNER_URL')
})

test('an encrypted door without its files is refused, naming what is missing', () => {
  expect(refusal({ MQTT_TLS_PORT: '8883', MQTT_TLS_CERT: 'a', MQTT_TLS_KEY: 'b' })).toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('MQTT_TLS_CA'),
  })
})

test('.env.example is what the settings say', () => {
  expect(readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8')).toBe(envExample())
})
