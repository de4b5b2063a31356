-- +goose Up
CREATE TRIGGER owners_made INSTEAD OF INSERT ON owners BEGIN
  INSERT INTO users (id, email) VALUES (new.id, new.email);
END;
INSERT INTO ran VALUES (27, 'last');
