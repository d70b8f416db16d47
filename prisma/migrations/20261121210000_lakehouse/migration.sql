-- The lake keeps its own history: the versions of its tables are snapshots of Iceberg tables.
DROP TABLE "LakeTableVersion";
