-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION billing.book_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE billing.accounts SET balance_cents = balance_cents - NEW.cents
    WHERE id = NEW.account_id;
    RETURN NEW;
END;
$$;
CREATE TRIGGER invoices_book AFTER INSERT ON billing.invoices
    FOR EACH ROW EXECUTE FUNCTION billing.book_invoice();
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER invoices_book ON billing.invoices;
DROP FUNCTION billing.book_invoice();
