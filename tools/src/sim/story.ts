import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { afterwards, endings, playStory, type StoryLine, story } from '@linli/server/story'

/** Plays the morning of the elder who lives alone against the running demo, a sentence for each thing that happens. */
export async function runStory(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { pace: { type: 'string', default: '4' } } })
  const pace = Number(values.pace)
  if (!(pace > 0 && pace <= 60)) throw new Error('--pace is a number of seconds from 0 to 60')
  const stop = new AbortController()
  process.on('SIGINT', () => stop.abort())
  const demoFile = join(process.env.DATA_DIR ?? '.data', 'demo.json')
  await playStory({ demoFile, pace, hear: (line) => print(line), signal: stop.signal })
}

function print(line: StoryLine): void {
  if ('told' in line) return console.log(`    已通知 / told: ${line.told}`)
  if ('ending' in line) {
    const { zh, en } = endings[line.ending]
    console.log(`${zh}\n${en}`.replaceAll('{{why}}', line.why ?? ''))
    if (line.ending === 'broken') process.exitCode = 3
    else for (const door of afterwards) console.log(`    → ${door.href}  (${door.as})  ${door.zh}`)
    return
  }
  const step = story.find(({ key }) => key === line.step)
  if (!step || line.state === 'done') return
  console.log(`${step.zh}\n${step.en}`)
  for (const { href, as, zh } of step.doors ?? []) console.log(`    → ${href}  ${as ? `(${as})  ` : ''}${zh}`)
}
