// Luật Căn cước 2023 art. 21 (the law of 2014 has the same ages): a card is renewed at these birthdays; a card issued
// within the two years before one of them runs to the next; issued from 58 on, it never expires.
const ages = [14, 25, 40, 60];
const yearsBefore = 2;
const noExpiryFrom = 58;

/**
 * Expiry dates (ISO, or `no-expiry`) that the MRZ of a card with this birth and issue date may hold, likeliest first,
 * at most five. The QR has no expiry date, the MRZ key needs one. Empty when the birth date gives no ground for any.
 */
export function expiryCandidates(birthDate: string, issuedOn: string | null): string[] {
  // A year alone is that of an old person, whose card most likely never expires.
  if (/^\d{4}$/.test(birthDate)) return Number(issuedOn?.slice(0, 4)) - Number(birthDate) >= noExpiryFrom ? ['no-expiry'] : [];
  const birth = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate);
  if (!birth) return [];
  const [, year = '', month = '', day = ''] = birth;
  const birthday = (age: number): string[] => {
    const then = String(Number(year) + age).padStart(4, '0');
    const leap = Number(then) % 4 === 0;
    // How a birthday on 29 February is written in a common year is not documented: both neighbours are tried.
    if (month === '02' && day === '29' && !leap) return [`${then}-02-28`, `${then}-03-01`];
    return [`${then}-${month}-${day}`];
  };
  const issued = issuedOn ?? null;
  const later = issued === null ? ages : ages.filter((age) => birthday(age)[0]! > issued);
  const lawful = issued === null ? undefined : later.find((age) => birthday(age - yearsBefore)[0]! > issued);
  const first = lawful === undefined ? (issued === null ? [] : ['no-expiry']) : birthday(lawful);
  const others = later.filter((age) => age !== lawful && age > 14).flatMap(birthday);
  return [...new Set([...first, ...others, 'no-expiry'])].slice(0, 5);
}
