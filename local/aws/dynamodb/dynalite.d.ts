// dynalite 4.0.0 ships no types; only what dynalite-engine.ts uses is declared.
declare module 'dynalite/db/index.js' {
  type Iterator = { close(): Promise<void>; return?: () => Promise<void> };
  export type Store = {
    readonly db: {
      open(): Promise<void>;
      keys(options?: object): Iterator & AsyncIterable<string>;
      values(options?: object): Iterator;
    };
    readonly tableDb: { awsRegion: string; awsAccountId: string };
    readonly lifecycleManager: { gracefulClose(): Promise<void> };
  };
  const database: {
    create(options: { path?: string; createTableMs: number; deleteTableMs: number; updateTableMs: number }): Store;
  };
  // biome-ignore lint/style/noDefaultExport: it is CommonJS
  export default database;
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: unknown, types: unknown): unknown;
    checkValidations(data: unknown, types: unknown, custom: unknown, store: unknown): void;
    toLowerFirst(name: string): string;
  };
  // biome-ignore lint/style/noDefaultExport: it is CommonJS
  export default validations;
}
