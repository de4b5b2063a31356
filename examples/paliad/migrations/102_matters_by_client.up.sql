CREATE INDEX matters_client ON paliad.matters (client_id);
