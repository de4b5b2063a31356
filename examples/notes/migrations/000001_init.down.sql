DROP TRIGGER notes_text_update;
DROP TRIGGER notes_text_delete;
DROP TRIGGER notes_text_insert;
DROP TABLE notes_text;
DROP INDEX notes_by_time;
DROP TABLE notes;
