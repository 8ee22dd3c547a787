/** Numbers as texts: 38 digits, magnitude 1E-130 to 9.99…E+125 ("Data types" of the developer guide). */

/** Text sent, text kept. */
export const ACCEPTED_NUMBERS: readonly (readonly [string, string])[] = [
  ['0', '0'],
  ['-0', '0'],
  ['0.000', '0'],
  ['7', '7'],
  ['007', '7'],
  ['-7.50', '-7.5'],
  ['.5', '0.5'],
  ['5.', '5'],
  ['1e3', '1000'],
  ['1E+3', '1000'],
  ['12.5e-3', '0.0125'],
  ['100e-2', '1'],
  ['99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
  ['0.00012345678901234567890123456789012345678', '0.00012345678901234567890123456789012345678'],
  ['123456789012345678901234567890123456780000', '123456789012345678901234567890123456780000'],
  ['1e-130', `0.${'0'.repeat(129)}1`],
  ['-1e125', `-1${'0'.repeat(125)}`],
  ['9.9999999999999999999999999999999999999e125', `${'9'.repeat(38)}${'0'.repeat(88)}`],
];

const NO_NUMBER = 'The parameter cannot be converted to a numeric value: ';

/** Text sent, what is said. */
export const REFUSED_NUMBERS: readonly (readonly [string, string])[] = [
  ['ten', `${NO_NUMBER}ten`],
  ['1,5', `${NO_NUMBER}1,5`],
  ['1 ', `${NO_NUMBER}1 `],
  ['0x10', `${NO_NUMBER}0x10`],
  ['NaN', `${NO_NUMBER}NaN`],
  ['Infinity', `${NO_NUMBER}Infinity`],
  ['1e', `${NO_NUMBER}1e`],
  ['1e126', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
  ['-10e125', 'Number overflow. Attempting to store a number with magnitude larger than supported range'],
  ['1e-131', 'Number underflow. Attempting to store a number with magnitude smaller than supported range'],
  ['123456789012345678901234567890123456789', 'Attempting to store more than 38 significant digits in a Number'],
  ['0.123456789012345678901234567890123456789', 'Attempting to store more than 38 significant digits in a Number'],
];
