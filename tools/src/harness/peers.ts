import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { waitFor } from './run-platform.ts'

/** Systems that others use for this; measured beside ours and never depended on. */
export interface Peers {
  /** Where they are installed, outside the project. */
  folder: string
}

export interface Running {
  /** kill -9. */
  kill(): Promise<void>
}

const nodeRed = 'node-red@4.1.1'

/** Installs Node-RED into a folder of its own when it is not there, and looks for mosquitto; says which is missing. */
export async function installPeers(folder: string): Promise<Peers> {
  const run = promisify(execFile)
  await run('mosquitto', ['-h']).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Error('mosquitto is not installed (Debian: apt install mosquitto)')
  })
  if (!existsSync(join(folder, 'node_modules/node-red/red.js'))) {
    await mkdir(folder, { recursive: true })
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', nodeRed, 'pg'], { timeout: 600_000 })
  }
  return { folder }
}

/** With persistence, as it is packaged: it writes its store every half hour and when it is told to end. */
export async function startBroker(folder: string, port: number): Promise<Running> {
  const config = join(folder, 'mosquitto.conf')
  await writeFile(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location ${folder}/\nmax_queued_messages 0\nlog_type none\n${process.getuid?.() === 0 ? 'user root\n' : ''}`,
  )
  return started(spawn('mosquitto', ['-c', config], { stdio: 'ignore' }), port)
}

export interface FlowOptions {
  folder: string
  brokerPort: number
  port: number
  databaseUrl: string
}

/** The flow that its guides show: a subscription with QoS 1 and a session that is kept, and an insert for each message. */
export async function startFlow(peers: Peers, { folder, brokerPort, port, databaseUrl }: FlowOptions): Promise<Running> {
  const home = join(folder, 'flow')
  await mkdir(home, { recursive: true })
  const pg = join(peers.folder, 'node_modules/pg')
  await writeFile(
    join(home, 'settings.js'),
    `const { Pool } = require(${JSON.stringify(pg)})
module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', credentialSecret: false, logging: { console: { level: 'off' } },
  functionGlobalContext: { pool: new Pool({ connectionString: ${JSON.stringify(databaseUrl)}, max: 8 }) } }
`,
  )
  await writeFile(join(home, 'flows.json'), JSON.stringify(flowOf(brokerPort)))
  const child = spawn(process.execPath, [join(peers.folder, 'node_modules/node-red/red.js'), '-u', home, '-s', join(home, 'settings.js')], {
    stdio: 'ignore',
  })
  return started(child, port)
}

const flowOf = (port: number) => [
  { id: 'tab', type: 'tab', label: 'intake' },
  {
    id: 'broker',
    type: 'mqtt-broker',
    broker: '127.0.0.1',
    port: String(port),
    clientid: 'flow',
    autoConnect: true,
    usetls: false,
    protocolVersion: '4',
    keepalive: '60',
    cleansession: false,
  },
  {
    id: 'in',
    type: 'mqtt in',
    z: 'tab',
    topic: 'up/+/telemetry',
    qos: '1',
    datatype: 'json',
    broker: 'broker',
    inputs: 0,
    wires: [['insert']],
  },
  {
    id: 'insert',
    type: 'function',
    z: 'tab',
    func: `const [, device] = msg.topic.split('/')
await global.get('pool').query('INSERT INTO public.telemetry (device, id, values) VALUES ($1, $2, $3)', [device, msg.payload.id, msg.payload.values])
return null`,
    outputs: 0,
    wires: [],
  },
]

async function started(child: ChildProcess, port: number): Promise<Running> {
  const isUp = await waitFor(() => {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`)
    return new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port }, () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
  }, 60_000)
  if (!isUp) throw new Error(`${child.spawnfile} did not listen`)
  return {
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
