/** What the clients and the runner must agree on. */
export const APPLICATION = "benchwright";
export const QUEUE = "benchwright-workflows";
