import { listFiles } from './files.ts'
import { checkGlossary } from './glossary.ts'
import { checkNames, checkPlaces, checkSceneKeys, checkSize } from './house-rules.ts'
import { checkLockfile } from './lockfile.ts'
import { checkPictures } from './pictures.ts'
import { runSteps, type Verdict } from './step.ts'
import { toolSteps } from './tools.ts'

/** Everything that is checked without running the product. */
export function runChecks(print: (text: string) => void): Promise<Verdict> {
  const files = listFiles()
  return runSteps(
    [
      ...toolSteps,
      { name: 'file size', run: () => checkSize(files) },
      { name: 'file names', run: () => checkNames(files) },
      { name: 'the kernel names no scene', run: () => checkSceneKeys(files) },
      { name: 'glossary', run: () => checkGlossary(files) },
      { name: 'no path or host of one machine', run: () => checkPlaces(files) },
      { name: 'pictures of README and guide', run: () => checkPictures(files) },
      { name: 'lockfile', run: () => checkLockfile() },
    ],
    print,
  )
}
