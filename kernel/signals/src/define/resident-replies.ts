/** What a person or the family may say to an alarm with one press; it stops nothing, the people on duty read it. */
export const residentReplies = {
  calling: ['正在打电话', 'Calling now'],
  onTheWay: ['正赶过去', 'On the way'],
  withThem: ['已在身边', 'With them'],
  fine: ['我没事，按错了', 'I am fine, pressed by mistake'],
} as const satisfies Record<string, readonly [zh: string, en: string]>

export type ResidentReply = keyof typeof residentReplies

/** The person says how it is, the family what it does. */
export const repliesOf = (isOwn: boolean): ResidentReply[] => (isOwn ? ['fine'] : ['calling', 'onTheWay', 'withThem'])
