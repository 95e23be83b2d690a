import { problems } from '../../shared/contracts/problems.ts';
import { isBeginOfHubAddress, isHubAddress } from '../../shared/domain/hub-address.ts';

/** What is wrong with an address of the hub as typed so far; null while nothing is. */
export function hubAddressError(typed: string): string | null {
  const address = typed.trim();
  return isBeginOfHubAddress(address) || isHubAddress(address) ? null : problems['hub-address'].vi;
}
