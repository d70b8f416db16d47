import { beforeAll, describe, expect, it } from "vitest";
import type { JobFiles } from "./job-files";

export type JobFilesSubject = {
  files: JobFiles;
  /** A place for a file of that name, as tables name their files. */
  uri(name: string): string;
  /** Writes as a job does, with nothing but what it was given. */
  write(target: string, text: string): Promise<void>;
  /** Creates as a job does; false where there is a file. */
  create(target: string): Promise<boolean>;
  /** Reads as a job does. */
  read(source: string): Promise<string>;
};

/** What all JobFiles keep. */
export function describeJobFilesContract(name: string, make: () => Promise<JobFilesSubject>): void {
  describe(`JobFiles: ${name}`, () => {
    let subject: JobFilesSubject;
    beforeAll(async () => {
      subject = await make();
    });

    it("reads the result that a job wrote, and none before", async () => {
      const { files } = subject;
      const uri = files.resultUri({ runId: "run-1", taskId: "train", attempt: 1 });
      expect(uri).not.toBe(files.resultUri({ runId: "run-1", taskId: "train", attempt: 2 }));
      expect(await files.read(uri)).toBeNull();
      await subject.write(await files.forWriting(uri), '{"ö": 1}');
      expect(await files.read(uri)).toBe('{"ö": 1}');
      await subject.write(await files.forWriting(uri), "anew");
      expect(await files.read(uri)).toBe("anew");
    });

    it("lets one job of an attempt begin", async () => {
      const { files, create } = subject;
      const begin = async (attempt: number) =>
        create(await files.forBeginning({ runId: "run-1", taskId: "map[0]/a", attempt }));
      const began = await Promise.all([1, 1, 1, 1, 1, 2].map(begin));
      expect(began.filter((each) => each)).toHaveLength(2);
      expect(began[5]).toBe(true);
      expect(await begin(1)).toBe(false);
    });

    it.each(["rows.parquet", "day=2024-01-01/a b+c%20d.parquet", "größe/日本.parquet"])(
      "lets a job read what another wrote: %s",
      async (file) => {
        const uri = subject.uri(file);
        await subject.write(await subject.files.forWriting(uri), file);
        expect(await subject.read(await subject.files.forReading(uri))).toBe(file);
      },
    );

    it("keeps the results of a map's children apart", () => {
      const of = (taskId: string) => subject.files.resultUri({ runId: "run-1", taskId, attempt: 1 });
      expect(new Set([of("map[0]/a"), of("map[1]/a"), of("map")]).size).toBe(3);
    });
  });
}
