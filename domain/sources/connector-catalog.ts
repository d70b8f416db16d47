import type { ConnectorView } from "./connector-view";

type Entry = Omit<ConnectorView, "documentationUrl"> & { documentationUrl: string | null };

const docs = (name: string) => `https://docs.airbyte.com/integrations/sources/${name}`;

/** Connectors that Benchwright was tested with, and the version of each. Any other Python `source-*` of PyPI runs too. */
export const TESTED_CONNECTORS: readonly Entry[] = [
  {
    name: "source-postgres",
    title: "PostgreSQL",
    description: "Tables of a PostgreSQL database, whole, by cursor, or by logical replication.",
    testedVersion: "1.0.0",
    kind: "built_in",
    documentationUrl: null,
  },
  {
    name: "source-file",
    title: "File",
    description:
      "CSV, JSON, Excel, Parquet and Feather files behind a URL, on S3, GCS, Azure, SFTP or this machine.",
    testedVersion: "0.5.13",
    kind: "python",
    documentationUrl: docs("file"),
  },
  {
    name: "source-shopify",
    title: "Shopify",
    description: "Orders, products, customers, inventory and more of a Shopify store.",
    testedVersion: "4.3.0",
    kind: "python",
    documentationUrl: docs("shopify"),
  },
  {
    name: "source-google-analytics-data-api",
    title: "Google Analytics 4",
    description: "Reports of a Google Analytics 4 property.",
    testedVersion: "2.8.2",
    kind: "python",
    documentationUrl: docs("google-analytics-data-api"),
  },
  {
    name: "source-declarative-manifest",
    title: "HTTP API, described in YAML",
    description: "Any HTTP API, read as a declarative manifest in the connection's config says.",
    testedVersion: "6.60.0",
    kind: "python",
    documentationUrl: "https://docs.airbyte.com/connector-development/config-based/low-code-cdk-overview",
  },
  {
    name: "source-faker",
    title: "Sample data",
    description: "Invented users, products and purchases, as many as you ask for.",
    testedVersion: "7.2.1",
    kind: "python",
    documentationUrl: docs("faker"),
  },
];

/** The version to pin where a document names none; null where that is not known without asking the package index. */
export const testedVersion = (connector: string): string | null =>
  TESTED_CONNECTORS.find((each) => each.name === connector)?.testedVersion ?? null;

/** The distribution on PyPI that holds a connector. */
export const connectorPackage = (connector: string): string =>
  connector === "source-declarative-manifest" ? "airbyte-cdk" : `airbyte-${connector}`;
