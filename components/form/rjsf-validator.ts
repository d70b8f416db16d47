import type { RJSFSchema, ValidationData, ValidatorType } from "@rjsf/utils";
import { checkSchema, type JsonSchema } from "./check-schema";
import type { ConfigFormContext } from "./form-context";

/** What the form library asks of a validator. Complaints are passed to the form from outside, so that form and text say the same. */
export const interpretingValidator: ValidatorType<Record<string, unknown>, RJSFSchema, ConfigFormContext> = {
  isValid: (schema, value, root) => checkSchema(schema, value, root as JsonSchema).length === 0,
  rawValidation: () => ({ errors: [] }),
  validateFormData: (): ValidationData<Record<string, unknown>> => ({ errors: [], errorSchema: {} }),
};
