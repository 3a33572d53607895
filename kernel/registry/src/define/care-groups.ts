/** A group of people to be cared for (关爱对象). Restricted groups (重点人员) are no care groups and are never kept here. */
export interface CareGroup {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** Why the platform may know this: the policy that asks for the care. */
  readonly because: string
}

const visits = '《关于开展特殊困难老年人探访关爱服务的指导意见》（民政部等十部门，2022）'

export const careGroups: readonly CareGroup[] = [
  { key: 'elder.lives-alone', name: '独居老人', nameEn: 'Elder living alone', because: visits },
  { key: 'elder.empty-nest', name: '空巢老人', nameEn: 'Empty-nest elder', because: visits },
  { key: 'left-behind', name: '留守老人', nameEn: 'Left-behind elder', because: visits },
  { key: 'elder.care-dependent', name: '失能老人', nameEn: 'Care-dependent elder', because: visits },
  { key: 'disabledPerson.severe', name: '重残', nameEn: 'Severely disabled person', because: visits },
  { key: 'family-planning.special', name: '计划生育特殊家庭', nameEn: 'Special family-planning family', because: visits },
]

export const findCareGroup = (key: string): CareGroup | undefined => careGroups.find((group) => group.key === key)
