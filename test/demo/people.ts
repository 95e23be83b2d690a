import { demoWorker } from '../../shared/domain/demo-people.ts';
import { demoCitizens } from '../../shared/domain/demo-citizens.ts';

/** What the QR of an ID card would hold for somebody invented; the 2021 form (Thông tư 06/2021/TT-BCA). */
export function qrTextOf(person: { personalId: string; fullName: string; birthDate: string; sex: string; residence?: string }): string {
  const [year, month, day] = person.birthDate.split('-');
  return [person.personalId, '', person.fullName, `${day}${month}${year}`, person.sex, person.residence ?? 'Thôn Mẫu, xã Mẫu, tỉnh Mẫu', '10052022'].join('|');
}

/** Card and factory-card texts of the demo's workers, in the order of the demo roster. */
export function workerTexts(from: number, to: number, today: string): string[] {
  return Array.from({ length: to - from }, (_, i) => {
    const worker = demoWorker(from + i, today);
    return qrTextOf({ personalId: worker.personalId!, fullName: worker.fullName, birthDate: worker.birthDate!, sex: worker.sex! });
  });
}

export function cardNumbers(from: number, to: number, today: string): string[] {
  return Array.from({ length: to - from }, (_, i) => demoWorker(from + i, today).cardNumber!);
}

export const citizens = demoCitizens;
