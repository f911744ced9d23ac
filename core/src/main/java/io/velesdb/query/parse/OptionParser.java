package io.velesdb.query.parse;

import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Position;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options in parentheses, and the parameters of a fusion. */
final class OptionParser {
    private final TokenReader tokens;

    OptionParser(Grammar grammar) {
        tokens = grammar.tokens;
    }

    /** {@code (name = value, …)}: one or more. */
    List<Option> list() {
        tokens.expect(Token.LEFT_PARENTHESIS);
        List<Option> options = new ArrayList<>();
        do {
            Position position = tokens.position();
            Name name = tokens.name();
            tokens.expect(Token.EQUAL);
            options.add(new Option(position, name, value()));
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return options;
    }

    /** A string, number, boolean, or a word that stands for its text. */
    private Literal value() {
        Position position = tokens.position();
        if (tokens.seesNumber()) {
            return tokens.number();
        }
        if (tokens.accept(Token.TRUE)) {
            return new Literal(position, Value.TRUE);
        }
        if (tokens.accept(Token.FALSE)) {
            return new Literal(position, Value.FALSE);
        }
        if (tokens.peek() == Token.TEXT) {
            return new Literal(position, new Value.Str(tokens.string()));
        }
        if (tokens.peek().isName()) {
            return new Literal(position, new Value.Str(tokens.name().text()));
        }
        tokens.couldBe(Token.OPTION_VALUE);
        throw tokens.unexpected();
    }

    /** {@code [WITH (…)]}; empty when it is not there. */
    List<Option> with() {
        return tokens.accept(Token.WITH) ? list() : List.of();
    }

    /** {@code [USING FUSION [(…)]]}. */
    @Nullable
    Fusion fusion() {
        if (!tokens.sees(Token.USING)) {
            return null;
        }
        Position position = tokens.position();
        tokens.advance();
        tokens.expect(Token.FUSION);
        if (!tokens.accept(Token.LEFT_PARENTHESIS)) {
            return new Fusion(position, null, List.of());
        }
        Fusion.Strategy strategy = null;
        List<Fusion.Option> options = new ArrayList<>();
        do {
            Position at = tokens.position();
            int token = tokens.mark();
            String name = Words.lower(tokens.name().text());
            tokens.expect(Token.EQUAL);
            if (name.equals("strategy")) {
                Fusion.Strategy given = strategy();
                strategy = strategy == null ? given : strategy;
            } else {
                options.add(new Fusion.Option(at, parameter(name, token), fusionValue()));
            }
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new Fusion(position, strategy, options);
    }

    private Literal fusionValue() {
        Position position = tokens.position();
        if (tokens.peek() == Token.TEXT) {
            return new Literal(position, new Value.Str(tokens.string()));
        }
        tokens.couldBe(Token.TEXT);
        return tokens.number();
    }

    private Fusion.Strategy strategy() {
        int token = tokens.mark();
        String text = tokens.string();
        return switch (Words.lower(text)) {
            case "rrf" -> Fusion.Strategy.RRF;
            case "weighted" -> Fusion.Strategy.WEIGHTED;
            case "maximum" -> Fusion.Strategy.MAXIMUM;
            case "average" -> Fusion.Strategy.AVERAGE;
            case "rsf", "relative_score" -> Fusion.Strategy.RSF;
            default ->
                throw tokens.syntax(token, "unknown fusion strategy", "use rrf, weighted, maximum, average or rsf");
        };
    }

    private Fusion.Parameter parameter(String name, int token) {
        return switch (name) {
            case "k" -> Fusion.Parameter.K;
            case "vector_weight" -> Fusion.Parameter.VECTOR_WEIGHT;
            case "graph_weight" -> Fusion.Parameter.GRAPH_WEIGHT;
            case "dense_weight", "dense_w" -> Fusion.Parameter.DENSE_WEIGHT;
            case "sparse_weight", "sparse_w" -> Fusion.Parameter.SPARSE_WEIGHT;
            default ->
                throw tokens.syntax(
                        token,
                        "unknown fusion option " + name,
                        "use strategy, k, vector_weight, graph_weight, dense_weight or sparse_weight");
        };
    }
}
