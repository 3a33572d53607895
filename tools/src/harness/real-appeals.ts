import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const shared = fileURLToPath(new URL('../../../../shared/data/appeals/labelled.jsonl.gz', import.meta.url))

export interface AppealText {
  title?: string
  detail: string
}

/** The real messages beside the project where they are there, else invented ones; `real` says which. Never copied anywhere. */
export function loadAppealTexts(most: number): { real: boolean; texts: AppealText[] } {
  if (!existsSync(shared))
    return {
      real: false,
      texts: Array.from({ length: most }, (_, i) => ({ detail: `第 ${i + 1} 盏路灯不亮了。晚上看不清路，请来修一修。` })),
    }
  const lines = gunzipSync(readFileSync(shared)).toString('utf8').split('\n').filter(Boolean)
  const texts = lines.slice(0, most).map((line) => {
    const { title, detail } = JSON.parse(line) as { title?: string; detail: string }
    return title ? { title: [...title].slice(0, 80).join(''), detail } : { detail }
  })
  return { real: true, texts }
}
