import type { FieldProblem } from '../contract/problem.ts'

/** Deeper than any form; beyond it a list of lists only serves to exhaust a stack. */
const deepest = 40

/**
 * Where an input holds what PostgreSQL cannot (NUL, half a character) or is nested beyond reason; undefined when it is fine.
 * Asked once for every input before its contract is, so that no field of no contract has to think of it.
 */
export function findUnstorable(input: unknown, root: string): FieldProblem | undefined {
  const stack: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, path, depth } = next
    if (typeof value === 'string' && !isStorable(value)) return { path: path || root, message: '含有不能保存的字符' }
    if (typeof value !== 'object' || value === null) continue
    if (depth === deepest) return { path: path || root, message: '嵌套太深' }
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) return { path: path || root, message: '含有不能保存的字符' }
      stack.push({ value: inner, path: path ? `${path}.${key}` : key, depth: depth + 1 })
    }
  }
  return undefined
}

const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()
