// node bin/launch.js tools/choreography-picture.ts
// Draws docs/choreography.svg: the same picture that the console's live view shows, at rest.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choreographyOf } from '../operate/console/live/choreography/choreography.ts';
import { drawingOf } from '../operate/console/live/choreography/drawing.ts';
import { pictureOf } from './choreography/picture.ts';

const file = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'choreography.svg');
writeFileSync(file, pictureOf(drawingOf(choreographyOf(), 'sideways')));
