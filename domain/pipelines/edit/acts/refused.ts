/** Why an operation cannot be carried out, in words for its author. */
export class Refused extends Error {}
