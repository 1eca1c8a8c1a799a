/** The characters of the unified social credit code by their worth (GB 32100-2015): no I, O, S, V and Z. */
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** Whether it has the form of such a code and its last character is what the others add up to: a slip of the hand is seen, a lie is not. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-Z]{18}$/.test(code)) return false;
  const worths = Array.from(code, (sign) => SIGNS.indexOf(sign));
  if (worths.includes(-1)) return false;
  let sum = 0;
  let weight = 1;
  for (const worth of worths.slice(0, 17)) {
    sum += worth * weight;
    weight = (weight * 3) % 31;
  }
  return worths[17] === (31 - (sum % 31)) % 31;
}
