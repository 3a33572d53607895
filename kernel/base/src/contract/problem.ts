import { z } from 'zod'

/** One wrong field: where it is, and what to do about it. */
export const FieldProblem = z.object({ path: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** RFC 9457 problem JSON; never holds personal data, and the text of a 5xx is hidden. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  traceId: z.string(),
  fields: z.array(FieldProblem).optional(),
  /** With 409: what the thing looks like now, so that a screen can show it kindly. */
  current: z.unknown().optional(),
})
export type Problem = z.infer<typeof Problem>
