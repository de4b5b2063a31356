DROP INDEX tags_by_name;
DROP TABLE tags;
