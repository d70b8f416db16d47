/** What the clients and the runner must agree on. */
export const APPLICATION = "benchwright";
export const QUEUE = "benchwright-workflows";
/** The channel of the database over which clients tell that something waits in the queue. */
export const WAITING = "benchwright_workflows";
