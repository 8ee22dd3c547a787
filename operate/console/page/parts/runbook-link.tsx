/** Where a page of the repository that helps is read, in this console. */

/** @param page  `docs/runbooks/R005.md`, with or without a heading in it */
export function RunbookLink({ page }: { readonly page: string }) {
  const [file = '', heading] = page.split('#');
  const name = file.split('/').at(-1)?.replace(/\.md$/, '') ?? page;
  return (
    <a href={`/cost/${file.replace(/\.md$/, '')}`}>
      {name}
      {heading === undefined ? '' : `, ${heading.replaceAll('-', ' ')}`}
    </a>
  );
}
