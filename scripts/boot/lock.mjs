import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CACHE, explain, say } from './say.mjs'

const FILE = join(CACHE, 'boot.lock')

/** Runs one installing or building boot of this clone at a time; others wait. A lock whose holder is dead does not count. */
export async function withLock(work) {
  const mine = `${FILE}.${process.pid}`
  try {
    mkdirSync(CACHE, { recursive: true })
    writeFileSync(mine, `${process.pid} ${startOf(process.pid)}`)
  } catch (error) {
    throw explain(error, CACHE)
  }
  try {
    await take(mine)
    return await work()
  } finally {
    if (read(FILE) === read(mine)) rmSync(FILE, { force: true })
    rmSync(mine, { force: true })
  }
}

async function take(mine) {
  for (let said = false; !linkOnce(mine); ) {
    const held = read(FILE)
    const [pid = '', start = ''] = held.split(' ')
    if (!isHeldBy(Number(pid), start)) {
      clear(held)
    } else {
      if (!said) say(`waiting for another start of this clone (process ${pid}) to finish installing`)
      said = true
      await sleep(200)
    }
  }
}

/** A link appears whole or not at all: nobody reads a lock without a name in it. */
function linkOnce(from) {
  try {
    linkSync(from, FILE)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw explain(error, FILE)
  }
}

/** Takes a dead holder's lock away, but gives back one that somebody took in the meantime. */
function clear(held) {
  const aside = `${FILE}.${process.pid}.stale`
  try {
    renameSync(FILE, aside)
  } catch {
    return
  }
  if (read(aside) !== held) linkOnce(aside)
  rmSync(aside, { force: true })
}

/** Process ids come round again; together with when it began, an id names one process. */
function isHeldBy(pid, start) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return start === '' || startOf(pid) === start
}

function startOf(pid) {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
