/** What a refusal says to a person, by its code. */
export const refusalsZh = {
  'scene.unknown': '没有这个场景。',
}
