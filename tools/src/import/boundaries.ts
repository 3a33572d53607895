import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { drawBoundaries, type GivenBoundary } from '@linli/access/server'
import { systemActor, systemClock, transact } from '@linli/base/server'
import { type ImportValues, namer, Refused } from './import-command.ts'
import { withTarget } from './open-target.ts'

interface Feature {
  properties?: Record<string, unknown> | null
  geometry?: unknown
}

/** `boundaries`: outlines of divisions from GeoJSON, each by the code of its area. What cannot be used is named and left out. */
export async function boundaries(values: ImportValues): Promise<number> {
  if (!values.in) throw new Refused('boundaries needs --in FILE.geojson')
  if (!existsSync(values.in)) throw new Refused(`there is no ${values.in}`)
  const source = basename(values.in)
  const given = readFeatures(await readFile(values.in, 'utf8'), source)
  return withTarget(async ({ pool }) => {
    const { drawn, same, refused } = await transact({ pool, clock: systemClock }, systemActor, (system) =>
      drawBoundaries(system, given, source),
    )
    const names = namer()
    for (const { place, message } of refused) names.name(`${source}: feature ${place + 1}: ${message}`)
    names.end()
    console.log(`boundaries: read ${given.length}, drawn ${drawn}, there ${same}, refused ${refused.length}`)
    return refused.length > 0 ? 2 : 0
  })
}

/** The code stands in `code`, or in `adcode` or `id` as many public files have it. */
function readFeatures(text: string, source: string): GivenBoundary[] {
  let features: Feature[] | undefined
  try {
    features = (JSON.parse(text) as { features?: Feature[] } | null)?.features
  } catch {
    throw new Refused(`${source} is not JSON`)
  }
  if (!Array.isArray(features)) throw new Refused(`${source} is not a FeatureCollection of GeoJSON`)
  return features.map(({ properties, geometry }) => ({
    code: String(properties?.code ?? properties?.adcode ?? properties?.id ?? ''),
    geometry,
  }))
}
