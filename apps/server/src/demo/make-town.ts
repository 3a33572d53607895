import type { Config } from '../config.ts'
import { wireEngines } from '../engines.ts'
import { openDatabase } from '../open-database.ts'
import { Stops } from '../stops.ts'
import { type DemoOptions, type Seeding, seedDemo } from './seed-demo.ts'

/** The demo town of a chosen size in the database of this configuration, without serving it. Throws StartError. */
export async function makeDemoTown(config: Config, options: DemoOptions, say: (line: string) => void): Promise<Seeding> {
  const stops = new Stops()
  try {
    const database = await openDatabase(config, say)
    stops.push(() => database.stop())
    const { deps, cases, scenes, signals, exchange } = await wireEngines(config, database, stops, say)
    const baseUrl = config.LINLI_PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`
    return await seedDemo(
      {
        ...deps,
        catalogue: cases.catalogue,
        rules: scenes.rules,
        calendar: cases.calendar,
        fieldWork: { signals, exchange },
        dataDir: config.DATA_DIR,
        baseUrl,
        mqttUrl: null,
        phonesUrl: null,
        log: say,
      },
      options,
    )
  } finally {
    await stops.all()
  }
}
