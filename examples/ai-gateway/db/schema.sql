CREATE EXTENSION citext WITH SCHEMA public;
COMMENT ON EXTENSION citext IS 'data type for case-insensitive character strings';
CREATE TYPE public.provider_kind AS ENUM ('openai', 'anthropic', 'local');
CREATE TABLE public.keys (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    user_id bigint NOT NULL,
    hash bytea NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT keys_hash_key UNIQUE (hash),
    CONSTRAINT keys_pkey PRIMARY KEY (id)
);
ALTER TABLE public.keys ENABLE ROW LEVEL SECURITY;
CREATE TABLE public.providers (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    kind public.provider_kind NOT NULL,
    name text NOT NULL,
    base_url text NOT NULL,
    CONSTRAINT providers_name_key UNIQUE (name),
    CONSTRAINT providers_pkey PRIMARY KEY (id)
);
CREATE TABLE public.requests_2026_01 (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    user_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    model text NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    CONSTRAINT requests_2026_01_pkey PRIMARY KEY (id, at),
    CONSTRAINT requests_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT requests_output_tokens_check CHECK ((output_tokens >= 0))
);
CREATE TABLE public.requests_2026_02 (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    user_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    model text NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    CONSTRAINT requests_2026_02_pkey PRIMARY KEY (id, at),
    CONSTRAINT requests_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT requests_output_tokens_check CHECK ((output_tokens >= 0))
);
CREATE TABLE public.requests_other (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    user_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    model text NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    CONSTRAINT requests_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT requests_other_pkey PRIMARY KEY (id, at),
    CONSTRAINT requests_output_tokens_check CHECK ((output_tokens >= 0))
);
CREATE TABLE public.usage (
    user_id bigint NOT NULL,
    month date NOT NULL,
    requests bigint DEFAULT 0 NOT NULL,
    tokens bigint DEFAULT 0 NOT NULL,
    CONSTRAINT usage_pkey PRIMARY KEY (user_id, month)
);
CREATE TABLE public.users (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    email public.citext NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_pkey PRIMARY KEY (id)
);
CREATE OR REPLACE FUNCTION public.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.updated_at = now();
  RETURN NEW;
END $function$;
CREATE INDEX keys_user ON public.keys USING btree (user_id);
CREATE INDEX requests_2026_01_user_id_at_idx ON public.requests_2026_01 USING btree (user_id, at);
CREATE INDEX requests_2026_02_user_id_at_idx ON public.requests_2026_02 USING btree (user_id, at);
CREATE INDEX requests_other_user_id_at_idx ON public.requests_other USING btree (user_id, at);
ALTER TABLE public.keys ADD CONSTRAINT keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE public.usage ADD CONSTRAINT usage_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
CREATE TRIGGER keys_touch BEFORE UPDATE ON public.keys FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION public.touch_updated_at();
CREATE POLICY keys_of_the_user ON public.keys USING ((user_id = (current_setting('gateway.user_id'::text, true))::bigint));
CREATE TABLE public.requests (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    at timestamp with time zone DEFAULT now() NOT NULL,
    user_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    model text NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    CONSTRAINT requests_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT requests_output_tokens_check CHECK ((output_tokens >= 0))
) PARTITION BY RANGE (at);
ALTER TABLE public.requests ADD CONSTRAINT requests_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE public.requests ADD CONSTRAINT requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.requests ATTACH PARTITION public.requests_2026_01 FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2026-02-01 00:00:00+00');
ALTER TABLE public.requests ATTACH PARTITION public.requests_2026_02 FOR VALUES FROM ('2026-02-01 00:00:00+00') TO ('2026-03-01 00:00:00+00');
ALTER TABLE public.requests ATTACH PARTITION public.requests_other DEFAULT;
ALTER TABLE ONLY public.requests ADD CONSTRAINT requests_pkey PRIMARY KEY (id, at);
CREATE INDEX requests_user_at ON ONLY public.requests USING btree (user_id, at);
ALTER INDEX public.requests_pkey ATTACH PARTITION public.requests_2026_01_pkey;
ALTER INDEX public.requests_user_at ATTACH PARTITION public.requests_2026_01_user_id_at_idx;
ALTER INDEX public.requests_pkey ATTACH PARTITION public.requests_2026_02_pkey;
ALTER INDEX public.requests_user_at ATTACH PARTITION public.requests_2026_02_user_id_at_idx;
ALTER INDEX public.requests_pkey ATTACH PARTITION public.requests_other_pkey;
ALTER INDEX public.requests_user_at ATTACH PARTITION public.requests_other_user_id_at_idx;
