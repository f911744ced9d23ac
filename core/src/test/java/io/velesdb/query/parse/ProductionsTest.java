package io.velesdb.query.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.query.ast.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every production of the grammar, read and written again. */
final class ProductionsTest {
    /** Canonical already: what is read is written as it was. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // bindings
                "LET a = 1 LET b = 0.5 * a + similarity() SELECT a, b FROM t",
                "LET a = (1 + x) * (2 - y.z) / (3 / 4) SELECT * FROM t",
                "LET a = 1 - (2 - 3) - 4 SELECT * FROM t",
                "LET a = similarity(meta.embedding, [1, -0.5]) MATCH (n) RETURN a",
                "LET a = (2 * 3) * 4 SELECT * FROM t",
                // lists
                "SELECT * FROM t",
                "SELECT DISTINCT a, b.c AS d FROM t",
                "SELECT t.*, similarity() AS s FROM t",
                "SELECT COUNT(*), COUNT(a), SUM(a.b) AS x, AVG(a), MIN(a), MAX(score), FIRST(a) FROM t",
                "SELECT ROW_NUMBER() OVER () FROM t",
                "SELECT RANK() OVER (PARTITION BY a, b.c ORDER BY similarity() DESC, d ASC, e) AS r FROM t",
                "SELECT DENSE_RANK() OVER (ORDER BY a) FROM t",
                "SELECT a AS \"b c\" FROM \"t-1\"",
                // sources
                "SELECT * FROM t AS u",
                "SELECT * FROM t JOIN u ON t.a = u.b",
                "SELECT * FROM t AS x LEFT JOIN u AS y ON x.a.b = y.c AND x.d = y.d",
                "SELECT * FROM t RIGHT JOIN u USING (a)",
                "SELECT * FROM t FULL JOIN u USING (a, b) JOIN v ON v.a = t.a",
                // conditions
                "SELECT * FROM t WHERE a = 1 AND b <> 2 AND c < 3 AND d <= 4 AND e > 5 AND f >= 6",
                "SELECT * FROM t WHERE a = 1 OR b = 2 AND NOT c = 3",
                "SELECT * FROM t WHERE (a = 1 OR b = 2) AND (c = 3 AND d = 4)",
                "SELECT * FROM t WHERE NOT (a = 1 AND b = 2)",
                "SELECT * FROM t WHERE NOT NOT a.b.c = NULL",
                "SELECT * FROM t WHERE a IN (1, 'x', TRUE, NULL, $p) AND b NOT IN (FALSE)",
                "SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b BETWEEN 'a' AND $z",
                "SELECT * FROM t WHERE a LIKE '%x' OR b ILIKE 'it''s'",
                "SELECT * FROM t WHERE a IS NULL AND b IS NOT NULL",
                "SELECT * FROM t WHERE a CONTAINS 1 AND b CONTAINS ANY (1, 2) AND c CONTAINS ALL ('x')",
                "SELECT * FROM t WHERE a CONTAINS_TEXT 'x' AND payload MATCH 'a b'",
                "SELECT * FROM t WHERE GEO_DISTANCE(a.b, 64.1, -21) < 60000",
                "SELECT * FROM t WHERE GEO_BBOX(site, -1, -2.5, 3, 4)",
                "SELECT * FROM t WHERE a > NOW() - INTERVAL '2 week' AND b = INTERVAL '-3 day' + NOW() AND c < NOW()",
                "SELECT * FROM t WHERE a = (SELECT MAX(b) FROM u WHERE c = 1 GROUP BY d.e HAVING COUNT(*) > 1 LIMIT 1)",
                "SELECT * FROM t WHERE a IN ((SELECT b FROM u), 2)",
                // searches
                "SELECT * FROM t WHERE vector NEAR $q",
                "SELECT * FROM t WHERE vector NEAR [1, 0.5, -2, 1.0E-5]",
                "SELECT * FROM t WHERE vector SPARSE_NEAR {3: 0.5, 4294967295: 2}",
                "SELECT * FROM t WHERE vector SPARSE_NEAR $s USING 'lexical'",
                "SELECT * FROM t WHERE vector NEAR_FUSED [$a, [1, 2]]",
                "SELECT * FROM t WHERE vector NEAR_FUSED [$a] USING FUSION 'rrf' (k = 10) AND b = 1",
                "SELECT * FROM t WHERE vector NEAR_FUSED [$a] USING FUSION 'maximum'",
                "SELECT * FROM t WHERE similarity(vector, $q) >= 0.5 AND similarity(a.b, [1]) <> -1",
                "SELECT * FROM t WHERE MATCH (x:A)-[:R]->(y) AND NOT MATCH (x)",
                // the other clauses
                "SELECT a FROM t GROUP BY a, b.c HAVING COUNT(*) > 1 AND MAX(a) = 'x' OR MIN(score) < $m",
                "SELECT * FROM t ORDER BY a, b.c.d DESC, similarity() ASC, similarity(vector, $q), COUNT(*) DESC, 1, 2 * a",
                "SELECT * FROM t LIMIT 5 OFFSET 10 WITH (mode = 'fast', ef_search = 100, rerank = TRUE)",
                "SELECT * FROM t OFFSET 10 USING FUSION",
                "SELECT * FROM t USING FUSION (strategy = 'rsf', k = 60, vector_weight = 1, graph_weight = 0.5,"
                        + " dense_weight = 0.25, sparse_weight = '1')",
                "SELECT * FROM t LIMIT 1 UNION ALL SELECT * FROM u UNION SELECT * FROM v INTERSECT SELECT * FROM w"
                        + " EXCEPT SELECT * FROM x LIMIT 2",
                // graph
                "MATCH (a) RETURN *",
                "MATCH (a:A:B@other {x: 1, y: 'z', n: NULL, b: TRUE, p: $p})<-[r:R|S*1..3 {w: 1.5}]-(:C)-[]-()-[*0..2]->(@o)"
                        + " WHERE a.x = 1 AND vector NEAR $q RETURN a, a.x.y AS z, similarity() AS s, r AS q, *"
                        + " ORDER BY depth DESC, a.x LIMIT 3",
                "SELECT EDGES FROM t WHERE source = 1 OR properties.fee > 7 LIMIT 5",
                "INSERT NODE INTO t (id = 1, payload = '{\"a\":\"it''s\"}')",
                "INSERT NODE INTO t (id = $i, name = 'x', age = 4, gone = NULL, ok = TRUE, p = $p)",
                "INSERT EDGE INTO t (id = 18446744073709551615, source = 1, target = $t, label = $l)",
                "INSERT EDGE INTO t (source = 1, target = 2, label = 'L') WITH PROPERTIES (a = 1, b = 'calm', c = FALSE)",
                "DELETE EDGE 7 FROM t",
                "DELETE EDGE $e FROM t",
                // rows
                "INSERT INTO t (id, a, v, s) VALUES (1, 'x', [1, 2], {1: 0.5}), ($i, NOW(), $v, (SELECT MAX(a) FROM t))",
                "UPSERT INTO t (id) VALUES (1)",
                "UPDATE t SET a = 1, vector = [0.5], c = NOW() + INTERVAL '1 hour' WHERE b = 2",
                "UPDATE t SET a = NULL",
                "DELETE FROM t WHERE a = 1",
                // definitions
                "CREATE COLLECTION t (dimension = 3, metric = 'l2') WITH (storage = 'pq', m = 24)",
                "CREATE GRAPH COLLECTION t",
                "CREATE GRAPH COLLECTION t (dimension = 16) SCHEMALESS",
                "CREATE GRAPH COLLECTION t (dimension = 16) WITH SCHEMA (NODE A (a: STRING, b: INTEGER, c: FLOAT, d: BOOLEAN,"
                        + " e: VECTOR), EDGE R FROM A TO A)",
                "CREATE METADATA COLLECTION t",
                "DROP COLLECTION t",
                "DROP COLLECTION IF EXISTS t",
                "CREATE INDEX ON t (a.b)",
                "DROP INDEX ON t (a)",
                "ALTER COLLECTION t SET (auto_reindex = TRUE)",
                "TRUNCATE COLLECTION t",
                // administration
                "SHOW COLLECTIONS",
                "DESCRIBE COLLECTION t",
                "ANALYZE COLLECTION t",
                "FLUSH",
                "FLUSH FULL",
                "FLUSH FULL t",
                "FLUSH t",
                "FLUSH \"full\"",
                "EXPLAIN SELECT * FROM t UNION SELECT * FROM u",
                "EXPLAIN ANALYZE SELECT * FROM t",
                "TRAIN QUANTIZER ON t WITH (type = 'opq', m = 3, force = TRUE)"
            })
    void canonicalTextIsReadAndWrittenAsItIs(String text) {
        assertThat(QueryPrinter.print(QueryParser.parse(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "select a from t u | SELECT a FROM t AS u",
                "select a from t inner join u using(a) | SELECT a FROM t JOIN u USING (a)",
                "select a from t left outer join u using(a) | SELECT a FROM t LEFT JOIN u USING (a)",
                "SELECT a FROM t WHERE ((a = 1)) | SELECT a FROM t WHERE a = 1",
                "SELECT a FROM t WHERE a = 1 OR (b = 2 AND c = 3) | SELECT a FROM t WHERE a = 1 OR b = 2 AND c = 3",
                "SELECT a FROM t WHERE a != 1 AND b >= -1 | SELECT a FROM t WHERE a <> 1 AND b >= -1",
                "SELECT a FROM t WHERE a <-3 | SELECT a FROM t WHERE a < -3",
                "SELECT a FROM t WHERE a=-3 AND b<=-1.5e1 | SELECT a FROM t WHERE a = -3 AND b <= -15.0",
                "SELECT a FROM t WHERE payload . a = 1 GROUP BY a . b | SELECT a FROM t WHERE payload.a = 1 GROUP BY a.b",
                "SELECT a FROM t WHERE a = 007 AND b = 2e3 AND c = -0 | SELECT a FROM t WHERE a = 7 AND b = 2000.0 AND c = 0",
                "SELECT a FROM t ORDER BY year -2010 | SELECT a FROM t ORDER BY year - 2010",
                "SELECT a FROM t ORDER BY 1--2 | SELECT a FROM t ORDER BY 1",
                "SELECT a FROM t ORDER BY ((a)) + (b * c) | SELECT a FROM t ORDER BY a + b * c",
                "SELECT a FROM t WHERE b=1AND c=2 | SELECT a FROM t WHERE b = 1 AND c = 2",
                "SELECT a FROM t WITH (x = fast, y = \"q r\") | SELECT a FROM t WITH (x = 'fast', y = 'q r')",
                "SELECT a FROM t USING FUSION (STRATEGY = 'Relative_Score', dense_w = 1) | SELECT a FROM t USING FUSION (strategy = 'rsf', dense_weight = 1)",
                "SELECT a FROM t LIMIT 18446744073709551615 | SELECT a FROM t LIMIT 9223372036854775807",
                "MATCH (a)<--(b) RETURN a | MATCH (a)<-[]-(b) RETURN a",
                "MATCH (a)- ->(b)- -(c) RETURN a | MATCH (a)-[]->(b)-[]-(c) RETURN a",
                "MATCH (a)-[* 1 .. 2]->(b) RETURN a | MATCH (a)-[*1..2]->(b) RETURN a",
                "MATCH (a)-[*3]->(b)-[*..4]->(c) RETURN a | MATCH (a)-[*3..3]->(b)-[*1..4]->(c) RETURN a",
                "SELECT a FROM t WHERE x > INTERVAL '90   MIN' | SELECT a FROM t WHERE x > INTERVAL '90 minute'",
                "INSERT NODE INTO t (Name = 'x', ID = 1) | INSERT NODE INTO t (id = 1, name = 'x')",
                "INSERT EDGE INTO t (label = 'L', note = 5, target = 2, source = 1) | INSERT EDGE INTO t (source = 1, target = 2, label = 'L')",
                "TRUNCATE t; | TRUNCATE COLLECTION t",
                "DESCRIBE `t` | DESCRIBE COLLECTION t",
                "ANALYZE collection_of_maps | ANALYZE COLLECTION collection_of_maps",
                "DROP COLLECTION if | DROP COLLECTION \"if\"",
            })
    void otherSpellingsHaveACanonicalText(String text, String canonical) {
        Query query = QueryParser.parse(text);
        assertThat(QueryPrinter.print(query)).isEqualTo(canonical);
        assertThat(QueryParser.parse(canonical)).isEqualTo(query);
    }

    /** Words are keywords only where the grammar expects one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT limit, offset FROM books | SELECT \"limit\", \"offset\" FROM books",
                "SELECT distinct FROM t | SELECT \"distinct\" FROM t",
                "SELECT distinct, a FROM t | SELECT \"distinct\", a FROM t",
                "SELECT DISTINCT from FROM t | SELECT DISTINCT \"from\" FROM t",
                "SELECT from FROM t | SELECT \"from\" FROM t",
                "SELECT count, rank, similarity FROM t | SELECT count, rank, \"similarity\" FROM t",
                "SELECT MAX(\"score\"), MAX(score.a) FROM t | SELECT MAX(\"score\"), MAX(score.a) FROM t",
                "SELECT `edges` FROM t | SELECT \"edges\" FROM t",
                "SELECT edges, a FROM t | SELECT \"edges\", a FROM t",
                "SELECT a FROM t set | SELECT a FROM t AS \"set\"",
                "SELECT a FROM t `limit` LIMIT 1 | SELECT a FROM t AS \"limit\" LIMIT 1",
                "SELECT a FROM t WHERE vector = 1 AND match = 1 | SELECT a FROM t WHERE vector = 1 AND \"match\" = 1",
                "SELECT a FROM t WHERE match MATCH 'x' | SELECT a FROM t WHERE \"match\" MATCH 'x'",
                "SELECT a FROM t WHERE not = 1 | SELECT a FROM t WHERE \"not\" = 1",
                "SELECT a FROM t WHERE not IN (1) | SELECT a FROM t WHERE \"not\" IN (1)",
                "SELECT a FROM t WHERE not NOT IN (1) | SELECT a FROM t WHERE NOT \"NOT\" IN (1)",
                "SELECT a FROM t WHERE NOT in IN (1) | SELECT a FROM t WHERE NOT \"in\" IN (1)",
                "SELECT a FROM t WHERE NOT like LIKE 'x' | SELECT a FROM t WHERE NOT \"like\" LIKE 'x'",
                "SELECT a FROM t WHERE not LIKE 'x' | SELECT a FROM t WHERE \"not\" LIKE 'x'",
                "SELECT a FROM t WHERE not IS NOT NULL | SELECT a FROM t WHERE \"not\" IS NOT NULL",
                "SELECT a FROM t WHERE NOT is NOT IN (1) | SELECT a FROM t WHERE NOT \"is\" NOT IN (1)",
                "SELECT a FROM t WHERE NOT is IS NULL | SELECT a FROM t WHERE NOT \"is\" IS NULL",
                "SELECT a FROM t WHERE not CONTAINS ANY (1) | SELECT a FROM t WHERE \"not\" CONTAINS ANY (1)",
                "SELECT a FROM t WHERE not.a = 1 | SELECT a FROM t WHERE \"not\".a = 1",
                "SELECT a FROM t WHERE NOT match = 1 | SELECT a FROM t WHERE NOT \"match\" = 1",
                "SELECT a FROM t WHERE not MATCH 'x' | SELECT a FROM t WHERE \"not\" MATCH 'x'",
                "SELECT a FROM t WHERE geo_bbox = 1 AND similarity > 2 | SELECT a FROM t WHERE geo_bbox = 1 AND \"similarity\" > 2",
                "SELECT a FROM t ORDER BY count, asc DESC | SELECT a FROM t ORDER BY count, \"asc\" DESC",
                "MATCH (limit:Order)-[from:TO]->() RETURN limit.by | MATCH (limit:Order)-[from:TO]->() RETURN \"limit\".\"by\"",
                "LET let = 1 SELECT let FROM let | LET \"let\" = 1 SELECT \"let\" FROM \"let\"",
                "FLUSH `full` | FLUSH \"full\"",
                "INSERT INTO into (values, set) VALUES (1, 2) | INSERT INTO \"into\" (\"values\", \"set\") VALUES (1, 2)",
                "UPDATE set SET set = 1 | UPDATE \"set\" SET \"set\" = 1",
            })
    void keywordsAreNamesWhereNamesAreExpected(String text, String canonical) {
        Query query = QueryParser.parse(text);
        assertThat(QueryPrinter.print(query)).isEqualTo(canonical);
        assertThat(QueryParser.parse(canonical)).isEqualTo(query);
    }
}
