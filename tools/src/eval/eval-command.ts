export interface EvalOptions {
  in: string
  out: string
  train?: string
  until?: string
}

/** Answers the exit code: 0, or 2 when a row could not be judged. */
export type EvalCommand = (options: EvalOptions) => Promise<number>
