/** Invented people; every address ends in `.test`. */
import { between, type Chance, pick } from './random.ts';

const FIRST_NAMES = [
  'Anouk',
  'Bram',
  'Cora',
  'Dario',
  'Elin',
  'Faris',
  'Greta',
  'Hanno',
  'Imani',
  'Jonas',
  'Keiko',
  'Liam',
  'Mina',
  'Nils',
  'Oona',
  'Pavel',
  'Quinn',
  'Rosa',
  'Samir',
  'Tilda',
  'Umar',
  'Vida',
  'Wim',
  'Xenia',
  'Yara',
  'Zeno',
] as const;
const LAST_NAMES = [
  'Alder',
  'Birch',
  'Crane',
  'Dell',
  'Ember',
  'Frost',
  'Grove',
  'Heath',
  'Isle',
  'Jade',
  'Knoll',
  'Lark',
  'Marsh',
  'Nest',
  'Oakes',
  'Pike',
  'Quay',
  'Reed',
  'Slate',
  'Thorne',
  'Urban',
  'Vale',
  'Wren',
  'Yarrow',
] as const;
const HOSTS = ['mail.test', 'post.test', 'inbox.test'] as const;

export type Person = { readonly firstName: string; readonly lastName: string; readonly email: string };

/** Somebody new; the number makes two people of one name differ. */
export function inventPerson(chance: Chance): Person {
  const firstName = pick(chance, FIRST_NAMES);
  const lastName = pick(chance, LAST_NAMES);
  const mailbox = `${firstName}.${lastName}.${between(chance, 100, 99_999)}`.toLowerCase();
  return { firstName, lastName, email: `${mailbox}@${pick(chance, HOSTS)}` };
}
