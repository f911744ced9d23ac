package io.velesdb.query.parse;

import io.velesdb.QueryException;
import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions. Recursion goes by parentheses and NOT only and is checked before it happens; chains of AND and OR are loops.
 */
final class ConditionParser {
    /** No budget. */
    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final Grammar grammar;
    private final TokenReader tokens;

    /** Levels of the condition that was read last. */
    private int levels;

    private int likeTermsLeft = ANY_NUMBER;

    ConditionParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    /** {@code [WHERE …]}. */
    @Nullable
    Condition where() {
        return tokens.accept(Token.WHERE) ? condition() : null;
    }

    Condition condition() {
        return or(0);
    }

    // ---- budgets

    /** Begins to count LIKE terms; returns what {@link #endLikeBudget} takes to go back to the count around. */
    int beginLikeBudget() {
        int around = likeTermsLeft;
        likeTermsLeft = grammar.limits.maxLikeTerms();
        return around;
    }

    void endLikeBudget(int around) {
        likeTermsLeft = around;
    }

    private void countLikeTerm() {
        if (likeTermsLeft != ANY_NUMBER && --likeTermsLeft < 0) {
            throw tokens.tooComplex(
                    tokens.mark(),
                    "more than " + grammar.limits.maxLikeTerms() + " LIKE terms (query.max_like_terms)",
                    "search text with MATCH, or ask in several statements");
        }
    }

    private void checkLevels(int total) {
        if (total > ParseLimits.MAX_CONDITION_LEVELS) {
            throw tokens.tooComplex(
                    tokens.mark(),
                    "the condition has more than " + ParseLimits.MAX_CONDITION_LEVELS + " levels",
                    "use IN for alternatives of one column");
        }
        levels = total;
    }

    // ---- connectives

    private Condition or(int around) {
        Position position = tokens.position();
        Condition first = and(around);
        if (!tokens.accept(Token.OR)) {
            return first;
        }
        List<Condition> terms = new ArrayList<>();
        terms.add(first);
        int deepest = levels;
        do {
            terms.add(and(around));
            deepest = Math.max(deepest, levels) + 1;
            checkLevels(deepest);
        } while (tokens.accept(Token.OR));
        return new Condition.Or(position, terms);
    }

    private Condition and(int around) {
        Position position = tokens.position();
        Condition first = primary(around);
        if (!tokens.accept(Token.AND)) {
            return first;
        }
        List<Condition> terms = new ArrayList<>();
        terms.add(first);
        int deepest = levels;
        do {
            terms.add(primary(around));
            deepest = Math.max(deepest, levels) + 1;
            checkLevels(deepest);
        } while (tokens.accept(Token.AND));
        return new Condition.And(position, terms);
    }

    /** @param around the parentheses and NOTs around the primary */
    private Condition primary(int around) {
        checkLevels(around + 1);
        Position position = tokens.position();
        if (tokens.accept(Token.LEFT_PARENTHESIS)) {
            Condition inner = or(around + 1);
            tokens.expect(Token.RIGHT_PARENTHESIS);
            checkLevels(levels + 1);
            return inner;
        }
        if (tokens.sees(Token.NOT) && notNegates()) {
            tokens.advance();
            Condition term = primary(around + 1);
            checkLevels(levels + 1);
            return new Condition.Not(position, term);
        }
        Condition predicate = predicate(position);
        levels = 1;
        return predicate;
    }

    /** Whether NOT, which is next, has a predicate after it; otherwise it is a column of that name. */
    private boolean notNegates() {
        Token next = tokens.peek(1);
        Token second = tokens.peek(2);
        return switch (next) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LEFT_ARROW, DOT -> false;
            case IN -> second != Token.LEFT_PARENTHESIS;
            case MATCH -> second != Token.TEXT;
            case BETWEEN, LIKE, ILIKE, CONTAINS, CONTAINS_TEXT -> continuesColumn(second);
            case IS -> second == Token.NOT ? tokens.peek(3) == Token.IN : continuesColumn(second);
            default -> true;
        };
    }

    /** Whether this may follow a column in a predicate. */
    private static boolean continuesColumn(Token token) {
        return switch (token) {
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    LEFT_ARROW,
                    DOT,
                    IN,
                    NOT,
                    BETWEEN,
                    LIKE,
                    ILIKE,
                    IS,
                    CONTAINS,
                    CONTAINS_TEXT,
                    MATCH -> true;
            default -> false;
        };
    }

    // ---- predicates

    private Condition predicate(Position position) {
        Token next = tokens.peek(1);
        switch (tokens.peek()) {
            case MATCH -> {
                if (next == Token.LEFT_PARENTHESIS) {
                    tokens.advance();
                    return new Condition.GraphMatch(position, grammar.patterns.pattern());
                }
            }
            case SIMILARITY -> {
                if (next == Token.LEFT_PARENTHESIS) {
                    return similarity(position);
                }
            }
            case VECTOR -> {
                if (next == Token.NEAR || next == Token.NEAR_FUSED || next == Token.SPARSE_NEAR) {
                    tokens.advance();
                    return search(position);
                }
            }
            case GEO_DISTANCE -> {
                if (next == Token.LEFT_PARENTHESIS) {
                    return distance(position);
                }
            }
            case GEO_BBOX -> {
                if (next == Token.LEFT_PARENTHESIS) {
                    return box(position);
                }
            }
            default -> {}
        }
        if (!tokens.peek().isName()) {
            tokens.couldBe(Token.CONDITION);
            throw tokens.unexpected("a condition begins with a column, NOT, MATCH or a parenthesis");
        }
        if (next == Token.LEFT_PARENTHESIS) {
            if (tokens.peek() == Token.EXISTS) {
                throw tokens.syntax(tokens.mark(), "there is no EXISTS", "compare with (SELECT COUNT(*) FROM …)");
            }
            throw tokens.unknownFunction(Token.SIMILARITY, Token.GEO_DISTANCE, Token.GEO_BBOX);
        }
        return ofColumn(position, tokens.loosePath());
    }

    private Condition ofColumn(Position position, Path path) {
        switch (tokens.peek()) {
            case IN -> {
                tokens.advance();
                return new Condition.In(position, path, false, grammar.operands.list());
            }
            case NOT -> {
                tokens.advance();
                if (!tokens.accept(Token.IN)) {
                    throw tokens.unexpected("NOT stands before the column: NOT x LIKE …");
                }
                return new Condition.In(position, path, true, grammar.operands.list());
            }
            case BETWEEN -> {
                tokens.advance();
                Operand low = grammar.operands.value();
                tokens.expect(Token.AND);
                return new Condition.Between(position, path, low, grammar.operands.value());
            }
            case LIKE, ILIKE -> {
                countLikeTerm();
                boolean ignoreCase = tokens.peek() == Token.ILIKE;
                tokens.advance();
                return new Condition.Like(position, path, ignoreCase, tokens.string());
            }
            case IS -> {
                tokens.advance();
                boolean negated = tokens.accept(Token.NOT);
                tokens.expect(Token.NULL);
                return new Condition.IsNull(position, path, negated);
            }
            case CONTAINS -> {
                tokens.advance();
                if (tokens.accept(Token.ALL)) {
                    return new Condition.ContainsAll(position, path, grammar.operands.list());
                }
                if (tokens.accept(Token.ANY)) {
                    return new Condition.ContainsAny(position, path, grammar.operands.list());
                }
                return new Condition.Contains(position, path, grammar.operands.value());
            }
            case CONTAINS_TEXT -> {
                tokens.advance();
                return new Condition.ContainsText(position, path, tokens.string());
            }
            case MATCH -> {
                tokens.advance();
                return new Condition.TextMatch(position, path, tokens.string());
            }
            default -> {
                Operator operator = comparison();
                if (operator == null) {
                    throw noPredicate();
                }
                return new Condition.Comparison(position, path, operator, grammar.operands.value());
            }
        }
    }

    private QueryException noPredicate() {
        for (Token token : new Token[] {
            Token.NOT,
            Token.IN,
            Token.BETWEEN,
            Token.LIKE,
            Token.ILIKE,
            Token.IS,
            Token.CONTAINS,
            Token.CONTAINS_TEXT,
            Token.MATCH,
            Token.COMPARISON
        }) {
            tokens.couldBe(token);
        }
        return switch (tokens.peek()) {
            case NEAR, NEAR_FUSED, SPARSE_NEAR ->
                tokens.unexpected("searches go by the word vector: vector "
                        + tokens.peek().text() + " …");
            case PLUS, MINUS, STAR, SLASH -> tokens.unexpected("a condition has no arithmetic, ORDER BY and LET have");
            default -> tokens.unexpected();
        };
    }

    /** Takes a comparison operator, if one is next. */
    @Nullable
    Operator comparison() {
        Operator operator = switch (tokens.peek()) {
            case EQUAL -> Operator.EQ;
            case NOT_EQUAL -> Operator.NEQ;
            case LESS, LEFT_ARROW -> Operator.LT;
            case LESS_OR_EQUAL -> Operator.LTE;
            case GREATER -> Operator.GT;
            case GREATER_OR_EQUAL -> Operator.GTE;
            default -> null;
        };
        if (tokens.peek() == Token.LEFT_ARROW) {
            tokens.takeLessOfArrow();
        } else if (operator != null) {
            tokens.advance();
        }
        return operator;
    }

    /** Takes a comparison operator, which must be next. */
    Operator expectComparison() {
        Operator operator = comparison();
        if (operator == null) {
            tokens.couldBe(Token.COMPARISON);
            throw tokens.unexpected();
        }
        return operator;
    }

    private Condition distance(Position position) {
        tokens.advance();
        tokens.expect(Token.LEFT_PARENTHESIS);
        Path path = tokens.path();
        tokens.expect(Token.COMMA);
        Literal latitude = tokens.number();
        tokens.expect(Token.COMMA);
        Literal longitude = tokens.number();
        tokens.expect(Token.RIGHT_PARENTHESIS);
        Operator operator = expectComparison();
        return new Condition.GeoDistance(position, path, latitude, longitude, operator, tokens.number());
    }

    private Condition box(Position position) {
        tokens.advance();
        tokens.expect(Token.LEFT_PARENTHESIS);
        Path path = tokens.path();
        Literal[] edges = new Literal[4];
        for (int i = 0; i < edges.length; i++) {
            tokens.expect(Token.COMMA);
            edges[i] = tokens.number();
        }
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new Condition.GeoBox(position, path, edges[0], edges[1], edges[2], edges[3]);
    }

    // ---- searches

    private Condition similarity(Position position) {
        if (tokens.peek(2) == Token.RIGHT_PARENTHESIS) {
            throw tokens.syntax(
                    tokens.mark(),
                    "similarity() has no value in WHERE",
                    "name a field and a vector: similarity(vector, $q)");
        }
        Arithmetic.Similarity similarity = grammar.arithmetic.similarity();
        Operator operator = expectComparison();
        return new Condition.SimilarityThreshold(position, similarity, operator, tokens.number());
    }

    private Condition search(Position position) {
        if (tokens.accept(Token.NEAR)) {
            return new Condition.Near(position, grammar.operands.vector());
        }
        if (tokens.accept(Token.SPARSE_NEAR)) {
            Operand.SparseOperand vector = grammar.operands.sparseVector();
            boolean named = tokens.sees(Token.USING, Token.TEXT);
            if (named) {
                tokens.advance();
            }
            return new Condition.SparseNear(position, vector, named ? tokens.string() : null);
        }
        tokens.expect(Token.NEAR_FUSED);
        tokens.expect(Token.LEFT_BRACKET);
        List<Operand.VectorOperand> vectors = new ArrayList<>();
        do {
            vectors.add(grammar.operands.vector());
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_BRACKET);
        return new Condition.NearFused(position, vectors, inlineFusion());
    }

    private Condition.@Nullable InlineFusion inlineFusion() {
        if (!tokens.sees(Token.USING, Token.FUSION) || !tokens.peek(2).isName() && tokens.peek(2) != Token.TEXT) {
            return null;
        }
        Position position = tokens.position();
        tokens.advance();
        tokens.advance();
        String strategy = tokens.string();
        List<Option> options = new ArrayList<>();
        if (tokens.accept(Token.LEFT_PARENTHESIS)) {
            do {
                Position at = tokens.position();
                Name name = tokens.name();
                tokens.expect(Token.EQUAL);
                options.add(new Option(at, name, tokens.number()));
            } while (tokens.accept(Token.COMMA));
            tokens.expect(Token.RIGHT_PARENTHESIS);
        }
        return new Condition.InlineFusion(position, strategy, options);
    }
}
