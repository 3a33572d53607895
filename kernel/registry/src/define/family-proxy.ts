/** What a family member may do for a person (亲属代理), in the words both agree to. */
export const proxyScopes = {
  alarms: { name: '看到提醒并参与处置', nameEn: 'See alarms and act on them' },
  matters: { name: '代为提交和查询事项', nameEn: 'File and follow matters' },
  file: { name: '查看服务档案和谁看过', nameEn: 'See the file and who looked at it' },
} as const

export type ProxyScope = keyof typeof proxyScopes
export const proxyScopeKeys = Object.keys(proxyScopes) as ProxyScope[]

/** `asked`: the person agreed, the member has not yet. */
export type ProxyState = 'asked' | 'inForce' | 'later' | 'lapsed' | 'ended'

/** How a bond stands on a day; both ends of its span count. */
export function proxyStateOn(
  day: string,
  { from, to, isAccepted, isEnded }: { from: string; to: string | null; isAccepted: boolean; isEnded: boolean },
): ProxyState {
  if (isEnded) return 'ended'
  if (to !== null && to < day) return 'lapsed'
  if (!isAccepted) return 'asked'
  return from > day ? 'later' : 'inForce'
}
