import { beforeAll, describe, expect, it } from "vitest";
import type { ModelRegistry } from "./model-registry";

export type ModelRegistrySubject = {
  registry: ModelRegistry;
  /** Stands in for a job: registers the next version of a model and returns the run's id. */
  register(model: string, tags: Record<string, string>): Promise<string>;
  freshName(): string;
};

/** What every ModelRegistry keeps. */
export function describeModelRegistryContract(name: string, make: () => Promise<ModelRegistrySubject>): void {
  describe(`ModelRegistry: ${name}`, { timeout: 60_000 }, () => {
    let subject: ModelRegistrySubject;
    beforeAll(async () => {
      subject = await make();
    });

    it("lists the versions of a model, newest first, with their runs and tags", async () => {
      const model = subject.freshName();
      const runs = [
        await subject.register(model, { note: "a" }),
        await subject.register(model, { note: "b" }),
      ];
      const own = await subject.registry.registeredVersions(model);
      expect(own.map(({ version, runId, tags }) => [version, runId, tags.note])).toEqual([
        ["2", runs[1], "b"],
        ["1", runs[0], "a"],
      ]);
      expect(own.every(({ createdAt }) => createdAt.getTime() > 0)).toBe(true);
      expect(await subject.registry.registeredVersions()).toEqual(expect.arrayContaining(own));
    });

    it("has no versions of a model that was never registered", async () => {
      expect(await subject.registry.registeredVersions(subject.freshName())).toEqual([]);
    });

    it("moves an alias, and takes it away as often as it is asked to", async () => {
      const model = subject.freshName();
      await subject.register(model, {});
      await subject.register(model, {});
      const { registry } = subject;
      expect((await registry.aliased("published"))[model]).toBeUndefined();
      await registry.setAlias(model, "published", "1");
      expect((await registry.aliased("published"))[model]).toBe("1");
      await registry.setAlias(model, "published", "2");
      expect((await registry.aliased("published"))[model]).toBe("2");
      expect((await registry.aliased("other"))[model]).toBeUndefined();
      await registry.removeAlias(model, "published");
      await registry.removeAlias(model, "published");
      expect((await registry.aliased("published"))[model]).toBeUndefined();
    });

    it("gives no alias to a version that is not there", async () => {
      const model = subject.freshName();
      await subject.register(model, {});
      const asked = subject.registry.setAlias(model, "published", "9");
      await expect(asked).rejects.toMatchObject({ name: "Failure", code: "not_found" });
      await expect(subject.registry.setAlias(subject.freshName(), "published", "1")).rejects.toMatchObject({
        code: "not_found",
      });
    });
  });
}
