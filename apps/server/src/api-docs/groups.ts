/** The parts of the API as a reader looks for them; first match wins. */
export interface Group {
  key: string
  zh: string
  en: string
  paths: RegExp
}

export const groups: readonly Group[] = [
  {
    key: 'public',
    zh: '居民与公开信息（不用登录）',
    en: 'Residents and public information (no sign-in)',
    paths: /^\/(public|residents)\//,
  },
  {
    key: 'access',
    zh: '登录、岗位、用户、审计',
    en: 'Sessions, posts, users, audit',
    paths: /^\/(sessions|me|accounts|posts|roles|organizations|colleagues|audit|communities|handovers|deputies)\b/,
  },
  { key: 'registry', zh: '居民档案与地址', en: 'Persons and addresses', paths: /^\/(persons|addresses)\b/ },
  { key: 'cases', zh: '事项', en: 'Cases', paths: /^\/(cases|statistics|duties|topics)\b/ },
  { key: 'signals', zh: '设备与告警', en: 'Devices and alarms', paths: /^\/(devices|episodes|quarantine)\b/ },
  { key: 'messages', zh: '消息与实时推送', en: 'Messages and live push', paths: /^\/(inbox|stream|deliveries)\b/ },
  { key: 'exchange', zh: '导入、导出与常用视图', en: 'Imports, exports and saved views', paths: /^\/(exports|views|imports)\b/ },
  { key: 'scene', zh: '场景', en: 'Scenes', paths: /^\/scenes\b/ },
  { key: 'other', zh: '其他', en: 'Other', paths: /^\// },
]

/** Of a path below `/api/v1`. */
export const groupOf = (path: string): Group => groups.find(({ paths }) => paths.test(path)) as Group
