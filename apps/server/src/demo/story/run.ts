import { parseArgs } from 'node:util'
import { playStory } from './play.ts'

/** What the platform of a demo starts: the story in a process of its own, a line of JSON for each thing that happens. Ends when whoever started it is gone. */
const { values } = parseArgs({ options: { demo: { type: 'string', default: '' }, pace: { type: 'string', default: '4' } } })
const stop = new AbortController()
process.stdin.resume()
process.stdin.on('end', () => {
  stop.abort()
  process.exit(0)
})
// Ctrl-C reaches the whole group of the terminal; the platform ends this when it has stopped.
process.on('SIGINT', () => {})
await playStory({
  demoFile: values.demo,
  pace: Number(values.pace),
  hear: (line) => console.log(JSON.stringify(line)),
  signal: stop.signal,
})
process.exit(0)
