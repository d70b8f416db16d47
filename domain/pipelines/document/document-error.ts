import type { InputError } from "../../shared/failure";

/** An error of a document, with what kind it is. */
export type DocumentError = InputError & {
  code:
    | "not_an_object"
    | "unknown_field"
    | "wrong_type"
    | "wrong_value"
    | "unknown_type"
    | "unavailable_type"
    | "duplicate_id"
    | "cycle"
    | "unknown_task"
    | "schedule"
    | "timeout";
  /** What can only have been meant at the pointer, where a name there is misspelled. */
  meant?: string;
};
