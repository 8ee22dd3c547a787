/** What a page tells its reader to run, and where it leads: commands of shell blocks and of inline code, links. Pure. */

export type Told = {
  readonly line: number;
  /** The words of one command, quotes taken off. */
  readonly words: readonly string[];
  /** `mention`: inline in a sentence, where a command may be named without all that it needs. */
  readonly as: 'step' | 'mention';
};

export type Link = { readonly line: number; readonly target: string };

const SHELL_BLOCKS = ['sh', 'bash', 'shell', 'console', ''];

type Block = { readonly line: number; readonly language: string; readonly lines: readonly string[] };

/** Every command of the page, in its order. */
export function commandsOf(page: string): Told[] {
  const { blocks, prose } = partsOf(page);
  const steps = blocks
    .filter(({ language }) => SHELL_BLOCKS.includes(language))
    .flatMap(({ line, lines, language }) =>
      joined(lines).flatMap(({ offset, text }) =>
        // Where a block is no shell, a column of words explains its commands.
        commandsIn(language === '' ? text.trim().replace(/ {2,}.*$/, '') : text).map(
          (words): Told => ({ line: line + offset, words, as: 'step' }),
        ),
      ),
    );
  const mentions = prose.flatMap(({ line, text }) =>
    [...text.matchAll(/(`+)(.+?)\1/g)].flatMap(([, , code = '']) =>
      commandsIn(code.replaceAll('\\|', '|')).map((words): Told => ({ line, words, as: 'mention' })),
    ),
  );
  return [...steps, ...mentions].sort((left, right) => left.line - right.line);
}

/** Links and pictures that lead to files of the tree; addresses of other places are left out. */
export function linksOf(page: string): Link[] {
  return partsOf(page).prose.flatMap(({ line, text }) =>
    [...text.replaceAll(/(`+).+?\1/g, '').matchAll(/\]\(([^()\s]+)\)/g)].flatMap(([, target = '']) =>
      /^[a-z]+:/.test(target) ? [] : [{ line, target }],
    ),
  );
}

/** Anchors that the headings of a page make, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  return partsOf(page).prose.flatMap(({ text }) => {
    const heading = /^#{1,6}\s+(.*?)\s*$/.exec(text)?.[1];
    return heading === undefined ? [] : [anchorOf(heading)];
  });
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function partsOf(page: string): { blocks: Block[]; prose: { line: number; text: string }[] } {
  const blocks: Block[] = [];
  const prose: { line: number; text: string }[] = [];
  let open: { line: number; language: string; lines: string[]; fence: string } | null = null;
  for (const [index, text] of page.split('\n').entries()) {
    const fence = /^\s*(`{3,}|~{3,})\s*(\S*)\s*$/.exec(text);
    if (open !== null && fence?.[1] === open.fence && fence[2] === '') {
      blocks.push(open);
      open = null;
    } else if (open !== null) open.lines.push(text);
    else if (fence?.[1] !== undefined) open = { line: index + 2, language: fence[2] ?? '', lines: [], fence: fence[1] };
    else prose.push({ line: index + 1, text });
  }
  return { blocks, prose };
}

/** Lines that end in a backslash go on in the next one. */
function joined(lines: readonly string[]): { offset: number; text: string }[] {
  const whole: { offset: number; text: string }[] = [];
  let isOpen = false;
  for (const [offset, text] of lines.entries()) {
    const last = whole.at(-1);
    const own = text.replace(/\\$/, ' ');
    if (isOpen && last !== undefined) last.text += own;
    else whole.push({ offset, text: own });
    isOpen = text.endsWith('\\');
  }
  return whole;
}

const ENDS = /^(?:&&|\|\||;|\||&)/;
/** Into or out of a file: its name belongs to no command. */
const REDIRECTION = /^(?:\d?>>?|<)(?:&\d)?/;

/** The simple commands of one line of shell, without redirections, comments and assignments before them. */
export function commandsIn(line: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | null = null;
  let isFileNext = false;
  let rest = line.trim().replace(/^\$ /, '');
  const endWord = (): void => {
    if (word !== null && !isFileNext) words.push(word);
    if (word !== null) isFileNext = false;
    word = null;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (rest !== '') {
    const quoted = /^"((?:[^"\\]|\\.)*)"|^'([^']*)'/.exec(rest);
    const ends = ENDS.exec(rest);
    const redirection = word === null ? REDIRECTION.exec(rest) : null;
    const inner = /^\$\(([^()]*)\)/.exec(rest);
    if (quoted !== null) {
      word = (word ?? '') + (quoted[1] ?? quoted[2] ?? '');
      for (const [, substituted = ''] of (quoted[1] ?? '').matchAll(/\$\(([^()]*)\)/g))
        commands.push(...commandsIn(substituted));
    } else if (inner !== null) {
      commands.push(...commandsIn(inner[1] ?? ''));
      word = `${word ?? ''}SUBSTITUTED`;
    } else if (/^\s/.test(rest)) endWord();
    else if (word === null && rest.startsWith('#')) break;
    else if (ends !== null) endCommand();
    else if (redirection !== null && !/^<[A-Za-z]/.test(rest)) isFileNext = !/&\d$/.test(redirection[0]);
    else word = (word ?? '') + rest.charAt(0);
    const taken = quoted?.[0] ?? inner?.[0] ?? ends?.[0] ?? (isFileNext ? redirection?.[0] : undefined);
    rest = rest.slice(taken?.length ?? redirection?.[0].length ?? 1);
  }
  endCommand();
  return commands.map(withoutAssignments).filter((found) => found.length > 0);
}

function withoutAssignments(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word));
  return first === -1 ? [] : words.slice(first);
}
