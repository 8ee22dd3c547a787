/** The lint of the agent note: the rules of replies §1.9 that fit a text for agents (TL03, TL07–TL09, TL13, TL16, TL17, TL20). */
import type { Finding } from './findings.ts';
import { finding } from './findings.ts';
import { lintPlaceholders, lintWords } from './lint-body.ts';
import type { SourceNote } from './load-note.ts';
import { takenStep } from './versions.ts';

/** The note as it was last generated. */
type PinnedNote = { readonly version: string; readonly sha256: string };

/** TL13, the half that the build also obeys. */
export function lintNoteVersion(note: SourceNote, released: PinnedNote | undefined): Finding[] {
  if (released === undefined || note.sha256 === released.sha256) return [];
  if (takenStep(released.version, note.version) !== 'none') return [];
  return [
    finding(
      'TL13',
      note.file,
      note.bodyLine,
      'changed without a version step',
      `Raise the version in note.yaml above ${released.version}, then run node tools/templates-build.ts.`,
    ),
  ];
}

export function lintNote(note: SourceNote, released: PinnedNote | undefined): Finding[] {
  const unversioned = lintNoteVersion(note, released);
  const isStale =
    note.sha256 !== note.statedHash || note.sha256 !== released?.sha256 || note.version !== released.version;
  const stale =
    unversioned.length > 0 || !isStale
      ? []
      : [
          finding(
            'TL13',
            note.file,
            note.bodyLine,
            'is not what templates/generated/agent-note.ts pins',
            'Run node tools/templates-build.ts.',
          ),
        ];
  return [...lintPlaceholders(note, note.vars), ...lintWords(note), ...unversioned, ...stale];
}
