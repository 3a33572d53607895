-- Search in Chinese has no words to split at: a text is found by its pairs of neighboring characters, so that two characters suffice.
CREATE FUNCTION base.search_form(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(regexp_replace(words, '\s+', '', 'g'));
COMMENT ON FUNCTION base.search_form IS 'A text as search compares it: small letters, no spaces.';

CREATE FUNCTION base.grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(array_agg(DISTINCT substr(form, i, 2)), '{}')
  FROM (SELECT base.search_form(words) AS form) AS normal, generate_series(1, length(form) - 1) AS i
$$;
COMMENT ON FUNCTION base.grams IS 'The pairs of neighboring characters of a text; what contains a text contains all of its pairs.';
