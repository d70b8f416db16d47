import { expect, it } from "vitest";
import { externalEngines } from "./engine-addresses.mjs";

it("takes engines that somebody else runs by their web addresses", () => {
  expect(externalEngines({ RAY_ADDRESS: "http://ray:8265" })).toEqual({ ray: "http://ray:8265", mlflow: undefined });
  expect(externalEngines({ TRINO_URL: "https://trino:8443" })).toMatchObject({ trino: "https://trino:8443" });
  expect(externalEngines({})).toEqual({ ray: undefined, mlflow: undefined, trino: undefined });
});

it.each(["auto", "127.0.0.1:8265", "ray://head:10001"])("refuses %s as Ray's address in one sentence", (address) => {
  expect(() => externalEngines({ RAY_ADDRESS: address })).toThrow(/^RAY_ADDRESS is ".*", which is no web address; it should be .*\.$/);
});
