/** The parts of a message that may each hold a wish: sentences, and clauses joined by "and", "but", "also". */

const JOINTS = /(?<=[.!?])\s+|\n+|;\s|,? (?:and|or|but|also|plus|y|o|pero) /i;
const MIN_WORDS = 3;
/** The first and the last ones: what stands in the middle of a long letter is its story. */
const MOST = 12;

export function partsOf(text: string): string[] {
  const parts = allPartsOf(text);
  return parts.length <= MOST ? parts : [...parts.slice(0, MOST / 2), ...parts.slice(-MOST / 2)];
}

export function allPartsOf(text: string): string[] {
  return text
    .slice(0, 8_000)
    .split(JOINTS)
    .map((part) => part.trim())
    .filter((part) => part.split(/\s+/).length >= MIN_WORDS);
}
