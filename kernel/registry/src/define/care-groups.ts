/** Levels of posts that a label can be shown to, the nearest to the person first. */
export const viewerLevels = ['cell', 'community', 'township', 'county'] as const
export type ViewerLevel = (typeof viewerLevels)[number]

/** A group of people to be cared for (关爱对象). Restricted groups (重点人员) are no care groups and are never kept here. */
export interface CareGroup {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** Why the platform may know this: the policy that asks for the care. */
  readonly because: string
  /** Who sees that a person is in it, until somebody decides otherwise for one person. */
  readonly viewers: readonly ViewerLevel[]
}

const visits = '《关于开展特殊困难老年人探访关爱服务的指导意见》（民政部等十部门，2022）'

/** A loss is not for every neighbor on the staircase to know: whoever goes there as a grid worker gets a task without the label. */
const closer = ['community', 'township', 'county'] as const

export const careGroups: readonly CareGroup[] = [
  { key: 'elder.lives-alone', name: '独居老人', nameEn: 'Elder living alone', because: visits, viewers: viewerLevels },
  { key: 'elder.empty-nest', name: '空巢老人', nameEn: 'Empty-nest elder', because: visits, viewers: viewerLevels },
  { key: 'left-behind', name: '留守老人', nameEn: 'Left-behind elder', because: visits, viewers: viewerLevels },
  { key: 'elder.care-dependent', name: '失能老人', nameEn: 'Care-dependent elder', because: visits, viewers: viewerLevels },
  { key: 'disabledPerson.severe', name: '重残', nameEn: 'Severely disabled person', because: visits, viewers: viewerLevels },
  { key: 'family-planning.special', name: '计划生育特殊家庭', nameEn: 'Special family-planning family', because: visits, viewers: closer },
]

export const findCareGroup = (key: string): CareGroup | undefined => careGroups.find((group) => group.key === key)

/** Who sees a label where nothing else was said of it. */
export const usualViewers = (key: string): ViewerLevel[] => [...(findCareGroup(key)?.viewers ?? viewerLevels)]

/** Whether a post of this reach sees a label; the database asks the same of every row. */
export const isViewer = (viewers: readonly string[], reach: string): boolean =>
  viewers.includes(reach) || reach === 'prefecture' || reach === 'province'
