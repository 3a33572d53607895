import type { WorkingCalendar } from '@linli/base/define'
import { type Ctx, type FileStore, sha256, sql, type Vault } from '@linli/base/server'
import type { CaseType } from '@linli/cases/define'
import { type CaseHistory, type DutyBook, importHistories } from '@linli/cases/server'
import type { Town } from '../seed-town.ts'
import { demoPhoto } from './demo-photo.ts'
import { inventEvents, type MadeEvent } from './make-event.ts'

export interface EventOptions {
  vault: Vault
  calendar(): WorkingCalendar
  type: CaseType
  events: number
  files: FileStore
  dutyFor?: DutyBook
}

const batch = 250

/** Eighteen months of grid events up to this minute, with the pictures that their results show. As system; answers how many. */
export async function seedEvents(system: Ctx, town: Town, options: EventOptions): Promise<number> {
  let waiting: CaseHistory[] = []
  const photos: (MadeEvent['photos'][number] & { history: CaseHistory })[] = []
  let count = 0
  const flush = async (): Promise<void> => {
    await importHistories(system, options, options.type, waiting)
    count += waiting.length
    waiting = []
  }
  for (const made of inventEvents(system.now, town, options)) {
    waiting.push(made.history)
    photos.push(...made.photos.map((photo) => ({ ...photo, history: made.history })))
    if (waiting.length === batch) await flush()
  }
  await flush()
  await keepPhotos(system, options.files, photos)
  return count
}

/** The bytes first: a row without bytes cannot be. */
async function keepPhotos(
  system: Ctx,
  files: FileStore,
  photos: readonly { fileId: string; at: Date; history: CaseHistory }[],
): Promise<void> {
  for (const { fileId } of photos) {
    await files.write(fileId, 'full', demoPhoto.bytes)
    await files.write(fileId, 'thumb', demoPhoto.bytes)
  }
  const rows = photos.map(({ fileId, at, history }) => ({ fileId, at, caseId: history.caseId, areaPath: history.place.areaPath }))
  const { bytes, width, height } = demoPhoto
  await system.run(sql`
    INSERT INTO base.file (file_id, sha256, media_type, bytes, width, height, area_path, owner_kind, owner_id, made_by, made_at)
    SELECT p."fileId", ${sha256(bytes)}, 'image/webp', ${bytes.length}, ${width}, ${height}, p."areaPath", 'case', p."caseId", 'demo', p.at
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p("fileId" uuid, at timestamptz, "caseId" uuid, "areaPath" text)`)
}
