import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./env";

const complete = {
  BENCHWRIGHT_DATA: "/data",
  DATABASE_URL: "postgres://localhost/app",
  DBOS_DATABASE_URL: "postgres://localhost/app_dbos",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "0123456789abcdef",
  SECRET_BOX_KEY: Buffer.alloc(32).toString("base64"),
};

describe("parseEnvironment", () => {
  it("takes an empty engine address for an absent one", () => {
    const env = parseEnvironment({
      ...complete,
      RAY_ADDRESS: " ",
      MLFLOW_TRACKING_URI: "http://127.0.0.1:5000",
    });
    expect(env.RAY_ADDRESS).toBeUndefined();
    expect(env.MLFLOW_TRACKING_URI).toBe("http://127.0.0.1:5000");
    expect(env.PORT).toBe(3000);
  });

  it("names what is missing or wrong, and shows no value", () => {
    const { DATABASE_URL: _missing, ...rest } = complete;
    const parse = () => parseEnvironment({ ...rest, SECRET_BOX_KEY: "c2VjcmV0", PORT: "99999" });
    expect(parse).toThrow(/PORT.*DATABASE_URL.*SECRET_BOX_KEY/);
    expect(parse).not.toThrow(/c2VjcmV0/);
  });

  it("passes on what tools need, and none of our own secrets", () => {
    const env = parseEnvironment({ ...complete, PATH: "/bin", https_proxy: "http://p", UV_CACHE_DIR: "/c" });
    expect(env.passedOn).toEqual({ PATH: "/bin", https_proxy: "http://p", UV_CACHE_DIR: "/c" });
  });
});
