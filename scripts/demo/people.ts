import type { Details } from '../../core/src/person/details.ts'
import { chance } from './chance.ts'

/** First and last names that match; after a slash their spelling in an email address, if it differs. */
const NAMES: [first: string, last: string][] = [
  ['Sofía/sofia Mateo Lucía/lucia Joaquín/joaquin Inés/ines', 'García/garcia Núñez/nunez Ortega Peña/pena Vidal'],
  [
    'Zoë/zoe Jürgen/jurgen Anneke Søren/soren Maëlle/maelle',
    'Müller/mueller Lindqvist Grübel/gruebel Dupré/dupre Ångström/angstrom',
  ],
  [
    'Agnieszka Łukasz/lukasz Jiří/jiri Živa/ziva Ioana',
    'Wójcik/wojcik Novák/novak Kovač/kovac Dąbrowska/dabrowska Țepeș/tepes',
  ],
  [
    'Олена/olena Дмитро/dmytro Светлана/svetlana Иван/ivan Милица/milica',
    'Шевченко/shevchenko Коваль/koval Петров/petrov Бойко/boyko Јовић/jovic',
  ],
  [
    'Ελένη/eleni Γιώργος/giorgos Δανάη/danai Νίκος/nikos Θάλεια/thaleia',
    'Παππάς/pappas Οικονόμου/oikonomou Βλάχος/vlachos Ρήγα/riga Κωστή/kosti',
  ],
  ['小雨/xiaoyu 明/ming 思远/siyuan 佳/jia 子涵/zihan', '李/li 王/wang 张/zhang 陈/chen 欧阳/ouyang'],
  [
    'さくら/sakura 翔太/shota 陽菜/hina 健/ken 美咲/misaki',
    '田中/tanaka 佐藤/sato 山本/yamamoto 渡辺/watanabe 高橋/takahashi',
  ],
  ['지우/jiwoo 민준/minjun 서연/seoyeon 하은/haeun 도윤/doyun', '김/kim 이/lee 박/park 최/choi 정/jung'],
  [
    'ليلى/layla يوسف/yusuf مريم/maryam طارق/tariq نور/nour',
    'حداد/haddad منصور/mansour خليل/khalil سالم/salem قاسم/qasim',
  ],
  ['अनन्या/ananya अर्जुन/arjun कविता/kavita', 'शर्मा/sharma पटेल/patel वर्मा/varma'],
  ['மீனா/meena கார்த்திக்/karthik', 'ராமன்/raman சேகர்/sekar'],
  ['নীলা/neela অমিত/amit', 'দত্ত/dutta সেন/sen'],
  ['Chiamaka Kwame Thandiwe Adébáyọ̀/adebayo Wanjirũ/wanjiru', 'Okonkwo Mensah Dlamini Ọláyẹ̀/olaye Kamau'],
  ['Aroha Keoni Niamh Siân/sian Saoirse', 'O’Brien/obrien Ngata Kealoha Llewellyn Mac-Donald/mac.donald'],
]
const DOMAINS = ['example.org', 'example.com', 'example.net']

/** The same invented people each time, their languages mixed. The first of them is the administrator. */
export function people(): Details[] {
  const all = NAMES.flatMap(([firsts, lasts]) =>
    firsts.split(' ').flatMap((first) => lasts.split(' ').map((last) => person(first.split('/'), last.split('/')))),
  )
  const rank = ({ email }: Details) => (email === all[0]?.email ? -1 : chance(email, 'place'))
  return all.toSorted((one, other) => rank(one) - rank(other))
}

function person(
  [firstName = '', firstAscii = firstName]: string[],
  [lastName = '', lastAscii = lastName]: string[],
): Details {
  const local = `${firstAscii}.${lastAscii}`.toLowerCase()
  const domain = DOMAINS[Math.floor(chance(local, 'domain') * DOMAINS.length)]
  const born = Date.UTC(1942, 0, 1) + chance(local, 'born') * (Date.UTC(2006, 0, 1) - Date.UTC(1942, 0, 1))
  return {
    email: `${local}@${domain}`,
    firstName: firstName.normalize('NFC'),
    lastName: lastName.normalize('NFC'),
    birthDate: new Date(born).toISOString().slice(0, 10),
  }
}
