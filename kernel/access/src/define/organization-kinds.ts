/** A kind of organization as data. `levels` are the area levels at which one may be set up. */
export interface OrganizationKind {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  readonly levels: readonly ('county' | 'township' | 'community')[]
  /** What follows the name of its area in the usual name: 清河县 + 数据局. None where a name is one's own. */
  readonly suffix?: string
}

export const organizationKinds: readonly OrganizationKind[] = [
  { key: 'countyGovernment', name: '县（区）人民政府', nameEn: 'County government', levels: ['county'], suffix: '人民政府' },
  { key: 'politicalLegalCommission', name: '政法委员会', nameEn: 'Political-legal commission', levels: ['county'], suffix: '委政法委员会' },
  { key: 'socialWorkDepartment', name: '社会工作部', nameEn: 'Social-work department', levels: ['county'], suffix: '委社会工作部' },
  {
    key: 'publicSafetyCenter',
    name: '综治中心',
    nameEn: 'Public safety center',
    levels: ['county', 'township', 'community'],
    suffix: '综治中心',
  },
  {
    key: 'urbanOperationsCenter',
    name: '城运中心',
    nameEn: 'Urban operations center',
    levels: ['county', 'township'],
    suffix: '城市运行管理中心',
  },
  { key: 'hotline', name: '12345 热线', nameEn: '12345 hotline', levels: ['county'], suffix: '12345热线' },
  { key: 'dataBureau', name: '数据局', nameEn: 'Data bureau', levels: ['county'], suffix: '数据局' },
  { key: 'petitionOffice', name: '信访局', nameEn: 'Petition office', levels: ['county', 'township'], suffix: '信访局' },
  { key: 'department', name: '职能部门', nameEn: 'Department', levels: ['county', 'township'] },
  { key: 'policeStation', name: '派出所', nameEn: 'Police station', levels: ['county', 'township'], suffix: '派出所' },
  { key: 'subdistrictOffice', name: '街道办事处', nameEn: 'Subdistrict office', levels: ['township'], suffix: '办事处' },
  { key: 'townGovernment', name: '乡镇人民政府', nameEn: 'Town government', levels: ['township'], suffix: '人民政府' },
  { key: 'residentsCommittee', name: '居（村）民委员会', nameEn: "Residents' committee", levels: ['community'], suffix: '居民委员会' },
  { key: 'partyBranch', name: '党组织', nameEn: 'Party organization', levels: ['county', 'township', 'community'], suffix: '党组织' },
  { key: 'propertyCompany', name: '物业服务企业', nameEn: 'Property company', levels: ['county', 'township', 'community'] },
  { key: 'ownersCommittee', name: '业主委员会', nameEn: "Owners' committee", levels: ['community'] },
  { key: 'socialOrganization', name: '社会组织', nameEn: 'Social organization', levels: ['county', 'township', 'community'] },
  { key: 'localUnit', name: '驻区单位', nameEn: 'Local unit', levels: ['township', 'community'] },
]

/** Who leads the grid differs from county to county; the offices that follow from it are set up as one template. */
export interface OrganizationTemplate {
  readonly key: string
  readonly name: string
  readonly nameEn: string
  /** Kind of the office that leads grid work in the county. */
  readonly lead: string
  /** Kinds set up in the county, in each township and in each community; `government` stands for the office that fits the township's kind. */
  readonly county: readonly string[]
  readonly township: readonly string[]
  readonly community: readonly string[]
}

export const organizationTemplates: readonly OrganizationTemplate[] = [
  {
    key: 'politicalLegal',
    name: '政法委牵头',
    nameEn: 'Led by the political-legal commission',
    lead: 'politicalLegalCommission',
    county: ['countyGovernment', 'politicalLegalCommission', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'publicSafetyCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
  {
    key: 'socialWork',
    name: '社会工作部牵头',
    nameEn: 'Led by the social-work department',
    lead: 'socialWorkDepartment',
    county: ['countyGovernment', 'socialWorkDepartment', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'publicSafetyCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
  {
    key: 'urbanOperations',
    name: '城运中心牵头',
    nameEn: 'Led by the urban operations center',
    lead: 'urbanOperationsCenter',
    county: ['countyGovernment', 'urbanOperationsCenter', 'publicSafetyCenter', 'hotline', 'dataBureau', 'petitionOffice'],
    township: ['government', 'urbanOperationsCenter', 'policeStation'],
    community: ['residentsCommittee', 'partyBranch'],
  },
]
