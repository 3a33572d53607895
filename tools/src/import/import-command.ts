/** What follows the name of a command. */
export interface ImportValues {
  source?: string
  in?: string
  county?: string[]
  'valid-from'?: string
  mapping?: string
  preview?: boolean
  whole?: boolean
  errors?: string
  undo?: string
  reason?: string
  batches?: boolean
}

/** Answers the exit code: 0, 2 when a line was refused, 130 when it was stopped and can be run again. */
export type ImportCommand = (values: ImportValues) => Promise<number>

/** What is asked for cannot be done as asked; one line, the usage and exit code 2. */
export class Refused extends Error {}

/** To the terminal, apart from the result. */
export function note(line: string): void {
  console.error(line)
}

/** Named lines of a bad file are many; the first ones tell what is wrong with it. */
const mostNamed = 50

/** Names refused lines, the first of them one by one and the others by their number. */
export function namer(): { name: (line: string) => void; end: () => void } {
  let named = 0
  return {
    name: (line) => {
      named++
      if (named <= mostNamed) note(line)
    },
    end: () => {
      if (named > mostNamed) note(`… and ${named - mostNamed} more`)
    },
  }
}
