import { parseArgs } from 'node:util'
import { openPhones } from './phones.ts'

/** What the demo starts: SMS and calls behind one door. Ends when whoever started it is gone. */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, secret: { type: 'string', default: 'sim' } } })
const phones = await openPhones({ port: Number(values.port), secret: values.secret })
console.log(`phones: ${phones.url}`)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
// Ctrl-C reaches the whole group of the terminal; the platform still sends until it has stopped, and then ends this.
process.on('SIGINT', () => {})
