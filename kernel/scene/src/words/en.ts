/** The same in English; `zh.ts` is the source. */
export const refusalsEn = {
  'scene.unknown': 'There is no such scene.',
}
