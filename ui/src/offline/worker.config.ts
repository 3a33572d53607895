import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

const worker = fileURLToPath(new URL('serve-shell.ts', import.meta.url))

/**
 * Builds `sw.js` beside the portal, with the list of all that the portal is made of. `firstLists` are fetched as soon as there is a worker:
 * what the first page asked for went past it.
 */
export function buildWorker(firstLists: readonly string[]): Plugin {
  let base = '/'
  return {
    name: 'linli:worker',
    apply: 'build',
    configResolved(config) {
      base = config.base
    },
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const shell: Shell = { ...shellOf(Object.values(bundle), base), base, firstLists }
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: await bundleWorker(shell) })
      },
    },
  }
}

export interface Shell {
  base: string
  firstLists: readonly string[]
  build: string
  entries: { url: string; revision: string | null }[]
}

/** Names of assets change with what is in them; the page has one name for ever and needs its revision said. */
function shellOf(files: readonly Rolldown.OutputBundle[string][], base: string): Pick<Shell, 'build' | 'entries'> {
  const entries = files
    .map((file) =>
      file.fileName === 'index.html'
        ? { url: base, revision: digest(file.type === 'asset' ? file.source : file.code) }
        : { url: base + file.fileName, revision: null },
    )
    .sort((a, b) => (a.url < b.url ? -1 : 1))
  return { build: digest(JSON.stringify(entries)), entries }
}

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex').slice(0, 16)

async function bundleWorker(shell: Shell): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    // A define inside the code of a worker is its text: the list is written in, not fetched.
    define: { __SHELL__: JSON.stringify(shell) },
    build: {
      write: false,
      target: 'es2020',
      copyPublicDir: false,
      rolldownOptions: { input: worker, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  })) as Rolldown.RolldownOutput
  return built.output[0].code
}
