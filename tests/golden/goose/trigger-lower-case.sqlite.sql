-- +goose Up
create temp trigger t after insert on a begin
  update a set v = 1;
  -- ;
end;
select 1;
