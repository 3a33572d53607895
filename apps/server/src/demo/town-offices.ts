import type { PlaceName } from './town-places.ts'

export interface OfficePlan {
  kind: string
  name: string
  area: PlaceName
  /** The number it answers; invented, as every number of the demo town. */
  phone?: string
}

const department = (name: string): OfficePlan => ({ kind: 'department', name, area: 'county' })

/** Offices of a county whose grid is led by the urban operations center. Names are those of the trade; who works there is invented. */
export const offices = {
  government: { kind: 'countyGovernment', name: '县人民政府', area: 'county' },
  operationsCenter: { kind: 'urbanOperationsCenter', name: '县城市运行中心', area: 'county' },
  safetyCenter: { kind: 'publicSafetyCenter', name: '县综治中心', area: 'county' },
  hotline: { kind: 'hotline', name: '县12345热线', area: 'county' },
  dataBureau: { kind: 'dataBureau', name: '县数据局', area: 'county' },
  petitionOffice: { kind: 'petitionOffice', name: '县信访局', area: 'county' },
  housing: department('县住房和城乡建设局'),
  lawEnforcement: department('县综合行政执法局'),
  naturalResources: department('县自然资源局'),
  environment: department('县生态环境局'),
  transport: department('县交通运输局'),
  development: department('县发展和改革局'),
  market: department('县市场监督管理局'),
  technology: department('县经济科技和信息化局'),
  civilAffairs: department('县民政局'),
  agriculture: department('县农业农村局'),
  water: department('县水务局'),
  commerce: department('县商务局'),
  culture: department('县文化体育和旅游局'),
  health: department('县卫生健康局'),
  medicalInsurance: department('县医疗保障局'),
  education: department('县教育局'),
  labor: department('县人力资源和社会保障局'),
  justice: department('县司法局'),
  governmentServices: department('县政务服务管理局'),
  subdistrictOffice: { kind: 'subdistrictOffice', name: '鹤山街道办事处', area: 'subdistrict', phone: '19999990501' },
  subdistrictCenter: { kind: 'urbanOperationsCenter', name: '鹤山街道城运分中心', area: 'subdistrict' },
  subdistrictTeam: { kind: 'department', name: '鹤山街道城市管理办公室', area: 'subdistrict' },
  policeStation: { kind: 'policeStation', name: '鹤山派出所', area: 'subdistrict' },
  otherSubdistrictOffice: { kind: 'subdistrictOffice', name: '寿安街道办事处', area: 'otherSubdistrict', phone: '19999990502' },
  otherSubdistrictCenter: { kind: 'urbanOperationsCenter', name: '寿安街道城运分中心', area: 'otherSubdistrict' },
  otherSubdistrictTeam: { kind: 'department', name: '寿安街道城市管理办公室', area: 'otherSubdistrict' },
  otherPoliceStation: { kind: 'policeStation', name: '寿安派出所', area: 'otherSubdistrict' },
  townGovernment: { kind: 'townGovernment', name: '西来镇人民政府', area: 'town', phone: '19999990503' },
  townCenter: { kind: 'urbanOperationsCenter', name: '西来镇城运分中心', area: 'town' },
  townTeam: { kind: 'department', name: '西来镇村镇建设办公室', area: 'town' },
  townPoliceStation: { kind: 'policeStation', name: '西来派出所', area: 'town' },
  oldEstateCommittee: { kind: 'residentsCommittee', name: '朝阳社区居民委员会', area: 'oldEstate', phone: '19999990504' },
  oldEstateParty: { kind: 'partyBranch', name: '朝阳社区党委', area: 'oldEstate' },
  commercialCommittee: { kind: 'residentsCommittee', name: '飞龙社区居民委员会', area: 'commercialEstate', phone: '19999990505' },
  commercialParty: { kind: 'partyBranch', name: '飞龙社区党委', area: 'commercialEstate' },
  propertyCompany: { kind: 'propertyCompany', name: '安居物业飞龙花园服务中心', area: 'commercialEstate' },
  ownersCommittee: { kind: 'ownersCommittee', name: '飞龙花园业主委员会', area: 'commercialEstate' },
  villageCommittee: { kind: 'residentsCommittee', name: '两河村村民委员会', area: 'village', phone: '19999990506' },
  villageParty: { kind: 'partyBranch', name: '两河村党总支', area: 'village' },
  songhuaCommittee: { kind: 'residentsCommittee', name: '松华社区居民委员会', area: 'songhua', phone: '19999990507' },
} as const satisfies Record<string, OfficePlan>

export type OfficeName = keyof typeof offices
