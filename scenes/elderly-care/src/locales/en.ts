export const en = {
  'rule.elderly-care.sos': 'Call for help',
  'note.汇编 2.5 §(十一)：为老年人提供紧急救援服务；2.12：赶忙按下了智能手环的呼救键':
    'Collection 2.5 §(11): emergency rescue for older people; 2.12: she quickly pressed the call button of her wristband',
  'ladder.elderly-care.contacts': 'Contacts of a call for help',
  'note.汇编 2.5 §(十一)：为老年人提供紧急救援服务；一分钟内接警、十分钟内到场为服务目标（standards 9 [D]）':
    'Collection 2.5 §(11): emergency rescue for older people; answered within a minute and reached within ten are targets of the service (standards 9 [D])',
  'rung.网格员和社区': 'Grid worker and community',
  'rung.街道（乡镇）': 'Township',
  'rung.县（区）值班': 'County duty room',
  'rule.elderly-care.silence': 'No activity at home for a long time',
  'note.汇编 2.9 §(十三)：发展实时监测、智能预警、应急救援救护和智慧养老等社区惠民服务应用；12 小时为可调的起点（standards 9 [D]）':
    'Collection 2.9 §(13): real-time monitoring, early warning, rescue and care of older people for residents; twelve hours are where to begin (standards 9 [D])',
  'rule.elderly-care.no-exit': 'Has not gone out for a long time',
  'note.汇编 2.12：如果独居老人24小时没有出门，预警信息就会发送到社区网格员手机上':
    'Collection 2.12: when an older person who lives alone has not gone out for 24 hours, the grid worker is told on the phone',
  'note.12 小时内屋里有活动的，只作蓝色提醒（standards 9 EL_NOEXIT [D]）':
    'Who has moved about at home within twelve hours is a blue notice only (standards 9 EL_NOEXIT [D])',
  'rule.elderly-care.no-power': 'Hardly any electricity used for a long time',
  'note.汇编 2.12：如果在用电时段老人没有用电，后台系统也会发出预警信息；相对本户夜间用电判断（standards 9 EL_NOPOWER [D]）':
    'Collection 2.12: when an older person uses no electricity in the hours of use, the system sends a warning, too; judged by what this home uses at night (standards 9 EL_NOPOWER [D])',
  'ladder.elderly-care.watch-contacts': 'Contacts of a notice about somebody at home',
  'note.汇编 2.12：预警信息就会发送到社区网格员手机上；半小时内电话联系、两小时内上门为服务目标，没人接就告诉家人（standards 9 EL_NOEXIT [D]）':
    'Collection 2.12: the grid worker is told on the phone; a call within half an hour and a visit within two hours are targets of the service; where nobody answers, the family is told (standards 9 EL_NOEXIT [D])',
  'rung.网格员': 'Grid worker',
}
