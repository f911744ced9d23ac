package io.velesdb.query.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.query.ast.Query;
import io.velesdb.query.parse.ParseLimits;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.query.parse.QueryPrinter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QueryGeneratorTest {
    private static final long SEED = Long.getLong("velesdb.seed", 20_261_125);

    /** The test data of the language. */
    static final QuerySchema BOOKSHOP = new QuerySchema(List.of(
            new QuerySchema.Collection(
                    "books",
                    3,
                    List.of(
                            new QuerySchema.Column(
                                    "title", QuerySchema.Type.TEXT, List.of("'Iron Roads'", "'Captain''s'")),
                            new QuerySchema.Column(
                                    "genre", QuerySchema.Type.TEXT, List.of("'history'", "'poetry'", "NULL")),
                            new QuerySchema.Column("year", QuerySchema.Type.INTEGER, List.of("1998", "2011", "2020.5")),
                            new QuerySchema.Column("price", QuerySchema.Type.FLOAT, List.of("12.5", "9", "-1e2")),
                            new QuerySchema.Column("tags", QuerySchema.Type.LIST, List.of("'sea'", "'rail'")),
                            new QuerySchema.Column("meta.pages", QuerySchema.Type.INTEGER, List.of("310", "96"))),
                    List.of(),
                    List.of(),
                    true),
            new QuerySchema.Collection(
                    "films",
                    0,
                    List.of(
                            new QuerySchema.Column("title", QuerySchema.Type.TEXT, List.of("'Night Ferry'")),
                            new QuerySchema.Column("year", QuerySchema.Type.INTEGER, List.of("1931", "1947"))),
                    List.of("Film", "Person"),
                    List.of("DIRECTED", "EDITED", "PRECEDES")),
            new QuerySchema.Collection(
                    "geo-stations",
                    0,
                    List.of(
                            new QuerySchema.Column("site", QuerySchema.Type.PLACE, List.of("64.1, -21.9")),
                            new QuerySchema.Column("a code", QuerySchema.Type.TEXT, List.of("'KALB'", "''"))),
                    List.of(),
                    List.of())));

    @Test
    void everyStatementParsesAndIsReadAgainFromItsCanonicalText() {
        QueryGenerator generator = new QueryGenerator(BOOKSHOP, SEED, QueryGenerator.Feature.all());
        for (int i = 0; i < 20_000; i++) {
            String text = generator.next();
            try {
                QueryParser.Parsed parsed = QueryParser.parse(text, ParseLimits.DEFAULTS);
                Query query = parsed.query();
                assertThat(QueryParser.parse(QueryPrinter.print(query))).isEqualTo(query);
                assertThat(QueryParser.parse(parsed.normalizedText())).isEqualTo(query);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + SEED + ", statement " + i + ": " + text, e);
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameStatements() {
        QueryGenerator one = new QueryGenerator(BOOKSHOP, 7, QueryGenerator.Feature.all());
        QueryGenerator other = new QueryGenerator(BOOKSHOP, 7, QueryGenerator.Feature.all());
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.next()).isEqualTo(other.next());
        }
    }

    @Test
    void everyFeatureOccursAndNoneThatWasNotAskedFor() {
        List<String> signs = List.of(
                " IN (",
                " BETWEEN ",
                " LIKE ",
                " IS NULL",
                " CONTAINS ANY ",
                " CONTAINS_TEXT ",
                " ILIKE ",
                "GEO_BBOX(",
                "GEO_DISTANCE(",
                "DISTINCT",
                "GROUP BY",
                "HAVING",
                "OVER (",
                "LEFT JOIN",
                "EXCEPT",
                "(SELECT ",
                "LET ",
                "vector NEAR ",
                "vector NEAR_FUSED [",
                "vector SPARSE_NEAR {",
                " MATCH '",
                "similarity(vector",
                "USING FUSION",
                " MATCH (",
                " RETURN ",
                "EDGES FROM");
        Set<String> seen = new HashSet<>();
        QueryGenerator generator = new QueryGenerator(BOOKSHOP, SEED, QueryGenerator.Feature.all());
        for (int i = 0; i < 20_000; i++) {
            String text = generator.next();
            signs.stream().filter(text::contains).forEach(seen::add);
        }
        assertThat(seen).as("seed " + SEED).containsAll(signs);

        QueryGenerator plain = new QueryGenerator(BOOKSHOP, SEED, Set.of());
        for (int i = 0; i < 5_000; i++) {
            String text = plain.next();
            assertThat(signs).as("seed %d: %s", SEED, text).noneMatch(text::contains);
        }
    }
}
