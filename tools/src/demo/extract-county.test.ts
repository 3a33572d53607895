import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { extractCounty } from './extract-county.ts'

test('the slice that the demo town ships is what the package of divisions says', async () => {
  const shipped = new URL('../../../apps/server/src/demo/county-slice.json', import.meta.url)
  expect(await extractCounty('510131')).toEqual(JSON.parse(await readFile(shipped, 'utf8')))
})

test('a county that is not there is refused by its code', async () => {
  await expect(extractCounty('999999')).rejects.toThrow('has no division')
})
