import type { NewArea } from '../server/place-areas.ts'

type Plan = Omit<NewArea, 'parent'> & { parent: string | null }

/** Around an invented river town; nothing here is a real place. */
const at = (east: number, north: number) => ({ lon: 128.5 + east / 1000, lat: 46.5 + north / 1000 })

export const townPlan = {
  province: { parent: null, level: 'province', kind: 'province', code: '23', name: '北江省', center: at(0, 0) },
  prefecture: { parent: 'province', level: 'prefecture', kind: 'city', code: '2399', name: '安和市', center: at(0, 0) },
  county: { parent: 'prefecture', level: 'county', kind: 'county', code: '239999', name: '清河县', center: at(0, 0) },
  subdistrict: { parent: 'county', level: 'township', kind: 'subdistrict', code: '239999001', name: '河东街道', center: at(10, 0) },
  town: { parent: 'county', level: 'township', kind: 'town', code: '239999100', name: '柳林镇', center: at(-40, 20) },
  xingfu: { parent: 'subdistrict', level: 'community', kind: 'urban_community', code: '239999001001', name: '幸福社区', center: at(8, 0) },
  xiangyang: {
    parent: 'subdistrict',
    level: 'community',
    kind: 'urban_community',
    code: '239999001002',
    name: '向阳社区',
    center: at(14, 0),
  },
  liulin: { parent: 'town', level: 'community', kind: 'village', code: '239999100200', name: '柳林村', center: at(-40, 20) },
  xingfuCell1: { parent: 'xingfu', level: 'cell', kind: 'grid', code: '239999001001001', name: '幸福第一网格', center: at(7, 1) },
  xingfuCell2: { parent: 'xingfu', level: 'cell', kind: 'grid', code: '239999001001002', name: '幸福第二网格', center: at(9, -1) },
  xiangyangCell1: { parent: 'xiangyang', level: 'cell', kind: 'grid', code: '239999001002001', name: '向阳第一网格', center: at(13, 1) },
  xiangyangCell2: { parent: 'xiangyang', level: 'cell', kind: 'grid', code: '239999001002002', name: '向阳第二网格', center: at(15, -1) },
  liulinCell1: { parent: 'liulin', level: 'cell', kind: 'grid', code: '239999100200001', name: '柳林第一网格', center: at(-41, 21) },
  liulinCell2: { parent: 'liulin', level: 'cell', kind: 'grid', code: '239999100200002', name: '柳林第二网格', center: at(-39, 19) },
} as const satisfies Record<string, Plan & { center: { lon: number; lat: number } }>

export type TownArea = keyof typeof townPlan

export const orgPlan = {
  government: { kind: 'countyGovernment', name: '清河县人民政府', area: 'county' },
  dataBureau: { kind: 'dataBureau', name: '清河县数据局', area: 'county' },
  hotline: { kind: 'hotline', name: '清河县12345热线', area: 'county' },
  petitionOffice: { kind: 'petitionOffice', name: '清河县信访局', area: 'county' },
  housing: { kind: 'department', name: '清河县住房和城乡建设局', area: 'county' },
  urbanManagement: { kind: 'department', name: '清河县城市管理局', area: 'county' },
  subdistrictOffice: { kind: 'subdistrictOffice', name: '河东街道办事处', area: 'subdistrict' },
  townGovernment: { kind: 'townGovernment', name: '柳林镇人民政府', area: 'town' },
  policeStation: { kind: 'policeStation', name: '河东派出所', area: 'subdistrict' },
  xingfuCommittee: { kind: 'residentsCommittee', name: '幸福社区居民委员会', area: 'xingfu' },
  xiangyangCommittee: { kind: 'residentsCommittee', name: '向阳社区居民委员会', area: 'xiangyang' },
  liulinCommittee: { kind: 'residentsCommittee', name: '柳林村村民委员会', area: 'liulin' },
  propertyCompany: { kind: 'propertyCompany', name: '安居物业服务公司', area: 'xiangyang' },
  ownersCommittee: { kind: 'ownersCommittee', name: '向阳苑业主委员会', area: 'xiangyang' },
} as const satisfies Record<string, { kind: string; name: string; area: TownArea }>

export type TownOrg = keyof typeof orgPlan

/** One post of each base role under the name of the role, and neighbors whose work it must not see. */
export const postPlan = {
  gridWorker: { role: 'gridWorker', name: '周倩', org: 'xingfuCommittee', area: 'xingfuCell1' },
  otherGridWorker: { role: 'gridWorker', name: '孙磊', org: 'xingfuCommittee', area: 'xingfuCell2' },
  communityWorker: { role: 'communityWorker', name: '王小燕', org: 'xingfuCommittee', area: 'xingfu' },
  siblingWorker: { role: 'communityWorker', name: '何静', org: 'xiangyangCommittee', area: 'xiangyang' },
  villageWorker: { role: 'communityWorker', name: '柳春生', org: 'liulinCommittee', area: 'liulin' },
  dispatcher: { role: 'dispatcher', name: '陈明', org: 'subdistrictOffice', area: 'subdistrict' },
  otherDispatcher: { role: 'dispatcher', name: '高远', org: 'townGovernment', area: 'town' },
  townshipLead: { role: 'townshipLead', name: '赵国强', org: 'subdistrictOffice', area: 'subdistrict' },
  departmentClerk: { role: 'departmentClerk', name: '刘芳', org: 'housing', area: 'county' },
  otherClerk: { role: 'departmentClerk', name: '马骏', org: 'urbanManagement', area: 'county' },
  departmentLead: { role: 'departmentLead', name: '郑红', org: 'housing', area: 'county' },
  propertyClerk: { role: 'propertyClerk', name: '冯涛', org: 'propertyCompany', area: 'xiangyang' },
  countyDispatcher: { role: 'countyDispatcher', name: '罗敏', org: 'hotline', area: 'county' },
  countyLead: { role: 'countyLead', name: '沈立', org: 'government', area: 'county' },
  systemAdmin: { role: 'systemAdmin', name: '许诺', org: 'dataBureau', area: 'county' },
  securityAdmin: { role: 'securityAdmin', name: '丁宁', org: 'dataBureau', area: 'county' },
  auditAdmin: { role: 'auditAdmin', name: '潘岳', org: 'government', area: 'county' },
} as const satisfies Record<string, { role: string; name: string; org: TownOrg; area: TownArea }>

export type TownPost = keyof typeof postPlan
