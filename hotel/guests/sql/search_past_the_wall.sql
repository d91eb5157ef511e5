-- Row-level security keeps the planner from the trigram index, because LIKE and <% are not leakproof; hence a function of
-- a role that is not walled in (rights_give). It does what the wall would: properties that the transaction was not told
-- are left out, and nothing but ids is returned.
-- Words are looked for as they are; similar names only fill up what is left of the limit.
SELECT similarity('load', 'pg_trgm');  -- loads the library, so that its setting may be named below
CREATE OR REPLACE FUNCTION guests_search(
    place_ids bigint[], wanted text, patterns text[], prefix text, of_companies boolean, max_rows integer
) RETURNS TABLE (profile_id bigint, score real)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.33
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    told CONSTANT text := coalesce(current_setting('app.properties', true), '');
    longest text;
    found bigint[] := '{}';
    most CONSTANT integer := 2000;  -- rows ranked per property: a word that fits everybody must not cost more
BEGIN
    IF told <> '*' THEN
        place_ids := ARRAY(SELECT unnest(place_ids) INTERSECT SELECT unnest(NULLIF(told, '')::bigint[]));
    END IF;
    SELECT pattern INTO longest FROM unnest(patterns) AS pattern ORDER BY length(pattern) DESC, pattern LIMIT 1;
    IF longest IS NULL OR length(longest) < 5 THEN  -- fewer than three letters between the % signs
        longest := prefix;
    END IF;
    FOR profile_id, score IN
        SELECT hit.owner, max(hit.rank)
        FROM unnest(place_ids) AS place(id), LATERAL (
            SELECT coalesce(p.guest_id, p.company_id) AS owner,
                   (p.search_text LIKE prefix)::integer + 2 + word_similarity(wanted, p.search_text) AS rank
            FROM guests_profileatproperty p
            WHERE p.property_id = place.id AND (p.company_id IS NOT NULL) = of_companies
              AND p.search_text LIKE longest AND p.search_text LIKE ALL (patterns)
            LIMIT most
        ) AS hit
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT max_rows
    LOOP
        found := found || profile_id;
        RETURN NEXT;
    END LOOP;
    IF cardinality(found) >= max_rows OR length(wanted) < 3 THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT hit.owner, max(hit.rank)
        FROM unnest(place_ids) AS place(id), LATERAL (
            SELECT coalesce(p.guest_id, p.company_id) AS owner, word_similarity(wanted, p.search_text) AS rank
            FROM guests_profileatproperty p
            WHERE p.property_id = place.id AND (p.company_id IS NOT NULL) = of_companies
              AND wanted <% p.search_text
              AND 0.15 < ALL (SELECT word_similarity(word, p.search_text)
                              FROM regexp_split_to_table(wanted, ' ') AS word)
            LIMIT most
        ) AS hit
        WHERE hit.owner <> ALL (found)
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT max_rows - cardinality(found);
END $$;
