import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ConfigForm } from "./ConfigForm";
import type { JsonSchema } from "./check-schema";

const schema: JsonSchema = {
  type: "object",
  required: ["host", "port", "credentials"],
  properties: {
    host: { type: "string", title: "Host", description: "Where <b>it</b> listens.", order: 1 },
    port: { type: "integer", default: 5432, order: 2 },
    schemas: { type: "array", items: { type: "string" }, default: ["public"] },
    ssl: { type: "boolean", default: false },
    note: { type: ["string", "null"], multiline: true },
    mode: { type: "string", enum: ["fast", "slow"], default: "fast" },
    start: { anyOf: [{ type: "string", format: "date" }, { type: "null" }] },
    credentials: {
      type: "object",
      oneOf: [
        {
          title: "API password",
          required: ["auth_method", "api_password"],
          properties: {
            auth_method: { type: "string", const: "api_password" },
            api_password: { type: "string", airbyte_secret: true },
          },
        },
        {
          title: "None",
          required: ["auth_method"],
          properties: { auth_method: { type: "string", const: "none" } },
        },
      ],
    },
    tables: {
      type: "array",
      items: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
    },
  },
};

const draw = (value: Record<string, unknown>, errors: { pointer: string; message: string }[] = []) =>
  renderToStaticMarkup(
    <ConfigForm
      context={{
        secrets: [{ name: "SHOP_KEY", setAt: new Date(0), setBy: "Ada", lastUsedAt: null, usedBy: [] }],
        whyNotStore: null,
        onStore: () => {},
        connection: "shop",
      }}
      errors={errors}
      isReadOnly={false}
      onChange={() => {}}
      schema={schema}
      value={value}
    />,
  );

describe("ConfigForm", () => {
  it("shows what is needed and folds what stands at its default", () => {
    const html = draw({ host: "db" });
    expect(html).toContain("6 more, all at default");
    expect(html).toContain('value="db"');
    expect(html).toContain("Where it listens.");
    expect(html).toContain("5432, the default");
    expect(draw({ host: "db", ssl: true })).toContain("5 more, all at default");
  });

  it("shows a secret by its name and says where it was found", () => {
    const html = draw({ credentials: { auth_method: "api_password", api_password: "$" + "{SHOP_KEY}" } });
    expect(html).toContain("Found in the workspace");
    expect(html).toContain("set 1 Jan 1970 by Ada");
    expect(html).not.toContain(">auth_method<");
  });

  it("hides a value that stands where a secret's name belongs", () => {
    const html = draw({ credentials: { auth_method: "api_password", api_password: "hunter2" } });
    expect(html).toContain('type="password"');
    expect(html).toContain("Make it a secret");
  });

  it("puts an error at its field, and opens the fold for it", () => {
    const html = draw({}, [
      { pointer: "/host", message: "Is needed." },
      { pointer: "/mode", message: "Must be one of fast, slow." },
    ]);
    expect(html).toContain("Is needed.");
    expect(html).toContain("Must be one of fast, slow.");
    expect(html).toContain("5 more, all at default");
  });

  it("draws lists, of texts and of objects", () => {
    const html = draw({ schemas: ["public", "shop"], tables: [{ name: "orders" }] });
    expect(html).toContain('value="shop"');
    expect(html).toContain('value="orders"');
    expect(html).toContain("Remove entry 2");
  });
});
