"use client";

import Form from "@rjsf/core";
import type { ErrorSchema, RJSFSchema } from "@rjsf/utils";
import type { InputError } from "@/domain/shared/failure";
import type { JsonSchema } from "./check-schema";
import type { ConfigFormContext } from "./form-context";
import {
  ConfigFieldTemplate,
  ConfigListItemTemplate,
  ConfigListTemplate,
  ConfigObjectTemplate,
} from "./form-templates";
import { ChecksInput, ChoiceInput, TextInput, TickInput } from "./form-widgets";
import { JsonField } from "./JsonField";
import { OptionField } from "./OptionField";
import { errorTree } from "./prepare-errors";
import { interpretingValidator } from "./rjsf-validator";

export type ConfigFormProps = {
  /** The connector's `connectionSpecification`, or what else a form is made of. */
  schema: JsonSchema;
  /** Controls that the schema does not tell: see `freeFields`. */
  controls?: Record<string, unknown>;
  value: Record<string, unknown>;
  /** Complaints about the config; pointers begin at it. */
  errors: readonly InputError[];
  isReadOnly: boolean;
  context: ConfigFormContext;
  onChange: (value: Record<string, unknown>) => void;
};

const TEMPLATES = {
  FieldTemplate: ConfigFieldTemplate,
  ObjectFieldTemplate: ConfigObjectTemplate,
  ArrayFieldTemplate: ConfigListTemplate,
  ArrayFieldItemTemplate: ConfigListItemTemplate,
};

const WIDGETS = {
  TextWidget: TextInput,
  TextareaWidget: TextInput,
  PasswordWidget: TextInput,
  EmailWidget: TextInput,
  URLWidget: TextInput,
  DateWidget: TextInput,
  DateTimeWidget: TextInput,
  TimeWidget: TextInput,
  SelectWidget: ChoiceInput,
  RadioWidget: ChoiceInput,
  CheckboxWidget: TickInput,
  CheckboxesWidget: ChecksInput,
};

const FIELDS = { OneOfField: OptionField, AnyOfField: OptionField, JsonField };
const NO_CONTROLS = {};

/** The form of a config, generated from its own schema: a connector's, a task's. */
export function ConfigForm({
  schema,
  controls = NO_CONTROLS,
  value,
  errors,
  isReadOnly,
  context,
  onChange,
}: ConfigFormProps) {
  return (
    <Form<Record<string, unknown>, RJSFSchema, ConfigFormContext>
      experimental_defaultFormStateBehavior={{
        emptyObjectFields: "skipDefaults",
        arrayMinItems: { populate: "never" },
        constAsDefaults: "never",
        requiredBooleanDefault: "skip",
      }}
      extraErrors={errorTree(errors) as ErrorSchema<Record<string, unknown>>}
      fields={FIELDS}
      formContext={context}
      formData={value}
      idPrefix="config"
      noHtml5Validate
      noValidate
      onChange={({ formData }) => onChange(formData ?? {})}
      readonly={isReadOnly}
      schema={schema as RJSFSchema}
      showErrorList={false}
      tagName="div"
      templates={TEMPLATES}
      uiSchema={controls}
      validator={interpretingValidator}
      widgets={WIDGETS}
    >
      {/* Saved with the document around it. */}
      <span hidden />
    </Form>
  );
}
