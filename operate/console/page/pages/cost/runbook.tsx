/** A page of the repository that an alarm names, as this release has it. */
import { marked } from 'marked';
import { useRead } from '../../api.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';

export function Runbook({ page }: { page: string }) {
  const { value, refusal } = useRead<{ title: string; markdown: string }>('runbook', { page });
  return (
    <>
      <Heading name="Cost and health">
        <a href="/cost">Back to what rings</a>
      </Heading>
      <Refused refusal={refusal} />
      {value === null ? null : (
        <article
          class="panel runbook"
          aria-label={value.title}
          // A page of our own release, nobody's words.
          dangerouslySetInnerHTML={{ __html: htmlOf(value.markdown) }}
        />
      )}
    </>
  );
}

/** Its links lead through the repository, not through the console: their words stay. */
function htmlOf(markdown: string): string {
  const html = marked.parse(markdown, { async: false });
  return html.replace(/<a href="[^"]*">(.*?)<\/a>/g, '$1').replace(/<(\/?)h1/g, '<$1h2');
}
