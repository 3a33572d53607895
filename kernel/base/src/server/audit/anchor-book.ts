import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A seal, noted outside the database: who shortens or rewrites the chain there would have to rewrite this too. */
export interface Anchor {
  sealNo: number
  hash: string
  lastAuditId: number
  sealedAt: string
}

export interface AnchorBook {
  append(anchor: Anchor): Promise<void>
  read(): Promise<Anchor[]>
}

/** Anchors as lines of `audit-YYYY-MM.jsonl` in a folder, only ever appended to. Worth what the distance between folder and database is worth: copy it elsewhere. */
export function openAnchorBook(folder: string): AnchorBook {
  return {
    async append(anchor) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = await open(join(folder, `audit-${anchor.sealedAt.slice(0, 7)}.jsonl`), 'a', 0o600)
      try {
        await file.write(`${JSON.stringify(anchor)}\n`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async read() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      const files = names.filter((name) => /^audit-\d{4}-\d{2}\.jsonl$/.test(name)).sort()
      const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
      return texts.flatMap((text) => text.split('\n').flatMap(parseLine))
    },
  }
}

/** A line cut short by a crash says nothing; the next one stands on its own. */
function parseLine(line: string): Anchor[] {
  if (!line) return []
  try {
    return [JSON.parse(line) as Anchor]
  } catch {
    return []
  }
}
