import { describe, expect, it } from "vitest";
import { meanSize, partitionWords, prepareSizes, shortPath, smallShare } from "./prepare-sizes";

const MIB = 1024 * 1024;
const files = (...sizes: number[]) => sizes.map((size) => ({ bytes: size * MIB }));

describe("the sizes of files", () => {
  it("are counted from edge to edge, each file once", () => {
    const bins = prepareSizes(files(0.5, 1, 3.9, 4, 64, 128, 5000));
    expect(bins.map(({ count }) => count)).toEqual([1, 2, 1, 0, 1, 2]);
    expect(bins.map(({ isSmall }) => isSmall)).toEqual([true, true, true, false, false, false]);
    expect(bins[1]?.bytes).toBe(4.9 * MIB);
  });

  it("are called small only where there are enough of them", () => {
    expect(smallShare(files(1, 1, 1))).toBeNull();
    expect(smallShare(files(1, 1, 1, 1, 1, 1, 100, 100))).toBe(0.75);
  });

  it("have a mean", () => {
    expect(meanSize(files(1, 3))).toBe("mean 2.0 MiB");
    expect(meanSize([])).toBe("no file");
  });
});

describe("a file", () => {
  it("is known by the end of its path and by its partition", () => {
    expect(shortPath("s3://b/x/y/00000-1.parquet")).toBe("00000-1.parquet");
    expect(shortPath("/lake/data/w/t-1/data/5f/data_0.parquet")).toBe("5f/data_0.parquet");
    expect(partitionWords({ region: null, day: "2026-11-20" })).toBe("region=null, day=2026-11-20");
    expect(partitionWords({})).toBe("not partitioned");
  });
});
