/** A page of the repository that an alarm names, as this release has it. */
import { useRead } from '../../api.ts';
import { Heading } from '../../parts/heading.tsx';
import { Refused } from '../../parts/notice.tsx';

export function Runbook({ page }: { page: string }) {
  const { value, refusal } = useRead<{ title: string; html: string }>('runbook', { page });
  return (
    <>
      <Heading name="Cost and health">
        <a href="/cost">Back to what rings</a>
      </Heading>
      <Refused refusal={refusal} />
      {value === null ? null : (
        <article class="panel runbook" aria-label={value.title} dangerouslySetInnerHTML={{ __html: value.html }} />
      )}
    </>
  );
}
