/** One address, in the plain form that mail servers take everywhere: no white space, no line's end, no list, no name. */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;
const CHARACTERS_MAX = 254;

export function isMailAddress(text: string): boolean {
  return text.length <= CHARACTERS_MAX && ADDRESS.test(text);
}
