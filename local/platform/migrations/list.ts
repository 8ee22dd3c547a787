/** Every migration there is, in order. A new one changes `SCHEMA`, and leaves a fixture of the release before (tools/make-fixture.ts). */
import type { Migration } from '../migrate.ts';
import { ownTables } from './002-own-tables.ts';

export const MIGRATIONS: readonly Migration[] = [ownTables];
