package io.velesdb.benchmarks;

import io.velesdb.query.ast.Query;
import io.velesdb.query.parse.ParseLimits;
import io.velesdb.query.parse.QueryParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds from the text of a statement to its tree, and to the key of the plan cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {
    /** What is parsed. */
    public enum Text {
        /** 130 characters. */
        SELECT("SELECT id, title, price AS cost FROM books WHERE genre = 'history' AND price > 10.5 AND year >= 1990"
                + " ORDER BY price DESC LIMIT 10;"),
        /** A search as applications send it. */
        SEARCH("SELECT id, title FROM books WHERE vector NEAR $q AND genre = 'history' LIMIT 10"),
        /** The vector written into the text. */
        LITERAL("SELECT id FROM books WHERE vector NEAR [" + "0.0123456, ".repeat(383) + "-0.5] LIMIT 10"),
        /** A pattern of two steps. */
        MATCH(
                "MATCH (a:Film {title: 'Night Ferry'})-[r:PRECEDES*1..3]->(b)<-[:DIRECTED]-(p:Person) WHERE p.name LIKE 'N%'"
                        + " RETURN b.title, p.name ORDER BY depth LIMIT 10");

        final String query;

        Text(String query) {
            this.query = query;
        }
    }

    @Param
    public Text text = Text.SELECT;

    @Benchmark
    public Query parse() {
        return QueryParser.parse(text.query);
    }

    @Benchmark
    public String parseAndNormalize() {
        return QueryParser.parse(text.query, ParseLimits.DEFAULTS).normalizedText();
    }
}
