/** A module without the export the host wants. */
export const handle = 1;
