import { isRecord } from "@/domain/shared/is-record";

export type JsonSchema = Record<string, unknown>;
export type SchemaPath = (string | number)[];

/** One complaint about one place of a value. `keyword` is the JSON Schema keyword that it breaks. */
export type SchemaComplaint = { path: SchemaPath; keyword: string; message: string };

type Check = (schema: JsonSchema, value: unknown, at: Place) => SchemaComplaint[];
type Place = { path: SchemaPath; root: JsonSchema; depth: number };

/** Deeper than any sound document: a schema that refers to itself ends here. */
const MAX_DEPTH = 64;
const REFERENCE = /^\$\{[A-Za-z_][A-Za-z0-9_]*\}$/;

/** True where the whole text is one reference to a secret: `${NAME}`. */
export const isSecretReference = (value: unknown): value is string =>
  typeof value === "string" && REFERENCE.test(value);

/**
 * Every place where `value` breaks a JSON Schema of draft 7, as connectors use it. It interprets the schema: compiling one
 * needs `eval`, which the app's content security policy forbids. A text that is `${NAME}` as a whole satisfies every rule
 * about texts, because its value is not known here.
 */
export function checkSchema(schema: unknown, value: unknown, root: JsonSchema): SchemaComplaint[] {
  return checkAt(schema, value, { path: [], root, depth: 0 });
}

function checkAt(schema: unknown, value: unknown, at: Place): SchemaComplaint[] {
  if (schema === false) return [complaint(at, "false", "Must not be here.")];
  if (!isRecord(schema) || at.depth > MAX_DEPTH) return [];
  const deeper = { ...at, depth: at.depth + 1 };
  if (typeof schema.$ref === "string") return checkAt(resolve(schema.$ref, at.root), value, deeper);
  return CHECKS.flatMap((check) => check(schema, value, deeper));
}

const complaint = ({ path }: Place, keyword: string, message: string): SchemaComplaint => ({
  path,
  keyword,
  message,
});

function resolve(reference: string, root: JsonSchema): unknown {
  if (!reference.startsWith("#")) return {};
  return reference
    .split("/")
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>((node, part) => (isRecord(node) ? node[part] : undefined), root);
}

const TYPES: Record<string, (value: unknown) => boolean> = {
  object: isRecord,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  integer: (value) => typeof value === "number" && Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

const TYPE_WORDS: Record<string, string> = {
  object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "null",
};

const checkType: Check = ({ type }, value, at) => {
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  if (types.length === 0 || types.some((one) => TYPES[one]?.(value) ?? true)) return [];
  // Only a reference can stand for a number that is kept secret.
  if (isSecretReference(value)) return [];
  return [complaint(at, "type", `Must be ${types.map((one) => TYPE_WORDS[one]).join(" or ")}.`)];
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const shown = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const checkChoices: Check = (schema, value, at) => {
  if ("const" in schema && !same(schema.const, value))
    return [complaint(at, "const", `Must be ${shown(schema.const)}.`)];
  const { enum: choices } = schema;
  if (!Array.isArray(choices) || choices.some((choice) => same(choice, value))) return [];
  const listed = choices.slice(0, 8).map(shown).join(", ");
  return [complaint(at, "enum", `Must be one of ${listed}${choices.length > 8 ? ", …" : ""}.`)];
};

const FORMATS: Record<string, [RegExp, string]> = {
  date: [/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "a date such as 2024-01-31"],
  "date-time": [
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$/,
    "a time with its zone, such as 2024-01-31T00:00:00Z",
  ],
  uri: [/^[A-Za-z][A-Za-z0-9+.-]*:[^\s]*$/, "an address such as https://example.org"],
  email: [/^[^\s@]+@[^\s@]+$/, "an e-mail address"],
};

const checkText: Check = (schema, value, at) => {
  if (typeof value !== "string" || isSecretReference(value)) return [];
  const found: SchemaComplaint[] = [];
  const { minLength, maxLength, pattern, pattern_descriptor: described, format } = schema;
  const length = [...value].length;
  if (typeof minLength === "number" && length < minLength)
    found.push(complaint(at, "minLength", `Must have at least ${minLength} characters.`));
  if (typeof maxLength === "number" && length > maxLength)
    found.push(complaint(at, "maxLength", `Must have at most ${maxLength} characters; this has ${length}.`));
  if (typeof pattern === "string" && !matches(pattern, value))
    found.push(
      complaint(
        at,
        "pattern",
        typeof described === "string" ? `Must look like ${described}.` : `Must match ${pattern}.`,
      ),
    );
  const known = typeof format === "string" && value !== "" ? FORMATS[format] : undefined;
  if (known !== undefined && !known[0].test(value))
    found.push(complaint(at, "format", `Must be ${known[1]}.`));
  return found;
};

/** A pattern that this browser cannot read is left to the connector's own check. */
function matches(pattern: string, value: string): boolean {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags).test(value);
    } catch {
      // Next without the flag: Python's patterns escape more than `u` allows.
    }
  }
  return true;
}

const checkNumber: Check = (schema, value, at) => {
  if (typeof value !== "number") return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const found: SchemaComplaint[] = [];
  if (typeof minimum === "number" && value < minimum)
    found.push(complaint(at, "minimum", `Must be at least ${minimum}.`));
  if (typeof maximum === "number" && value > maximum)
    found.push(complaint(at, "maximum", `Must be at most ${maximum}.`));
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum)
    found.push(complaint(at, "exclusiveMinimum", `Must be more than ${exclusiveMinimum}.`));
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum)
    found.push(complaint(at, "exclusiveMaximum", `Must be less than ${exclusiveMaximum}.`));
  if (typeof multipleOf === "number" && !Number.isInteger(value / multipleOf))
    found.push(complaint(at, "multipleOf", `Must be a multiple of ${multipleOf}.`));
  return found;
};

const checkList: Check = (schema, value, at) => {
  if (!Array.isArray(value)) return [];
  const { minItems, maxItems, uniqueItems, items } = schema;
  const found: SchemaComplaint[] = [];
  if (typeof minItems === "number" && value.length < minItems)
    found.push(complaint(at, "minItems", `Must have at least ${minItems}; it has ${value.length}.`));
  if (typeof maxItems === "number" && value.length > maxItems)
    found.push(complaint(at, "maxItems", `Must have at most ${maxItems}; it has ${value.length}.`));
  if (uniqueItems === true && new Set(value.map((one) => JSON.stringify(one))).size < value.length)
    found.push(complaint(at, "uniqueItems", "Must not hold the same entry twice."));
  const schemaOf = (index: number) => (Array.isArray(items) ? items[index] : items);
  value.forEach((one, index) => {
    found.push(...checkAt(schemaOf(index), one, { ...at, path: [...at.path, index] }));
  });
  return found;
};

const checkObject: Check = (schema, value, at) => {
  if (!isRecord(value)) return [];
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing = required
    .filter((name): name is string => typeof name === "string" && value[name] === undefined)
    .map((name) => ({ path: [...at.path, name], keyword: "required", message: "Is needed." }));
  const inside = Object.entries(value).flatMap(([name, one]) =>
    one === undefined
      ? []
      : schemasOf(schema, properties, name).flatMap((each) =>
          each === false
            ? [{ path: [...at.path, name], keyword: "additionalProperties", message: "Is no field here." }]
            : checkAt(each, one, { ...at, path: [...at.path, name] }),
        ),
  );
  return [...missing, ...inside];
};

function schemasOf(schema: JsonSchema, properties: Record<string, unknown>, name: string): unknown[] {
  const patterns = isRecord(schema.patternProperties) ? Object.entries(schema.patternProperties) : [];
  const found = patterns.filter(([pattern]) => matches(pattern, name)).map(([, one]) => one);
  if (Object.hasOwn(properties, name)) found.push(properties[name]);
  if (found.length > 0) return found;
  return schema.additionalProperties === undefined ? [] : [schema.additionalProperties];
}

const checkCombined: Check = (schema, value, at) => {
  const found: SchemaComplaint[] = [];
  const { allOf, not } = schema;
  if (Array.isArray(allOf)) found.push(...allOf.flatMap((one) => checkAt(one, value, at)));
  if (Array.isArray(schema.anyOf)) found.push(...checkOptions(schema.anyOf, value, at, false));
  if (Array.isArray(schema.oneOf)) found.push(...checkOptions(schema.oneOf, value, at, true));
  if (not !== undefined && checkAt(not, value, at).length === 0)
    found.push(complaint(at, "not", "Must be something else."));
  if (schema.if !== undefined) {
    const branch = checkAt(schema.if, value, at).length === 0 ? schema.then : schema.else;
    found.push(...checkAt(branch, value, at));
  }
  return found;
};

function checkOptions(options: unknown[], value: unknown, at: Place, onlyOne: boolean): SchemaComplaint[] {
  const results = options.map((option) => checkAt(option, value, at));
  const fitting = results.filter((found) => found.length === 0).length;
  if (fitting === 1 || (fitting > 1 && !onlyOne)) return [];
  if (fitting > 1) return [complaint(at, "oneOf", "Fits more than one of the choices.")];
  // The choice that the value names by its constant is the one that it means.
  const meant = results.find((found) => !found.some(({ keyword }) => keyword === "const"));
  const isNamed = options.some((option) => constantsOf(option, at.root).length > 0);
  if (meant !== undefined && (isNamed || options.length === 1)) return meant;
  return [complaint(at, onlyOne ? "oneOf" : "anyOf", "Fits none of the choices.")];
}

function constantsOf(option: unknown, root: JsonSchema): string[] {
  const schema = isRecord(option) && typeof option.$ref === "string" ? resolve(option.$ref, root) : option;
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, one]) =>
    isRecord(one) && "const" in one ? [name] : [],
  );
}

const CHECKS: Check[] = [
  checkType,
  checkChoices,
  checkText,
  checkNumber,
  checkList,
  checkObject,
  checkCombined,
];
