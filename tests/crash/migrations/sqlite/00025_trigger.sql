-- +goose Up
CREATE TRIGGER users_noted AFTER INSERT ON users BEGIN
  INSERT INTO ran VALUES (0, 'trigger ' || new.id);
END;
INSERT INTO ran VALUES (25, 'last');
