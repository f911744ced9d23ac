package io.velesdb.query.parse;

import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Pattern;
import io.velesdb.query.ast.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chains of nodes and relationships. */
final class PatternParser {
    private final Grammar grammar;
    private final TokenReader tokens;

    PatternParser(Grammar grammar) {
        this.grammar = grammar;
        tokens = grammar.tokens;
    }

    Pattern pattern() {
        Position position = tokens.position();
        List<Pattern.NodePattern> nodes = new ArrayList<>();
        List<Pattern.RelationshipPattern> relationships = new ArrayList<>();
        nodes.add(node());
        while (tokens.sees(Token.MINUS) || tokens.sees(Token.LEFT_ARROW)) {
            relationships.add(relationship());
            nodes.add(node());
        }
        return new Pattern(position, nodes, relationships);
    }

    private Pattern.NodePattern node() {
        Position position = tokens.position();
        tokens.expect(Token.LEFT_PARENTHESIS);
        Name alias = tokens.peek().isName() ? tokens.word("an alias") : null;
        List<Name> labels = new ArrayList<>();
        while (tokens.accept(Token.COLON)) {
            labels.add(tokens.word("a label"));
        }
        Name collection = tokens.accept(Token.AT) ? tokens.word("the collection after @") : null;
        List<Field> properties = properties();
        tokens.expect(Token.RIGHT_PARENTHESIS);
        return new Pattern.NodePattern(position, alias, labels, collection, properties);
    }

    private Pattern.RelationshipPattern relationship() {
        Position position = tokens.position();
        boolean incoming = tokens.accept(Token.LEFT_ARROW);
        if (!incoming) {
            tokens.expect(Token.MINUS);
        }
        Name alias = null;
        List<Name> types = List.of();
        Pattern.HopRange range = null;
        List<Field> properties = List.of();
        if (tokens.accept(Token.LEFT_BRACKET)) {
            alias = tokens.peek().isName() ? tokens.word("an alias") : null;
            types = types();
            range = range();
            properties = properties();
            tokens.expect(Token.RIGHT_BRACKET);
        }
        boolean outgoing = !incoming && tokens.accept(Token.RIGHT_ARROW);
        if (!outgoing) {
            if (incoming && tokens.peek() == Token.RIGHT_ARROW) {
                tokens.couldBe(Token.MINUS);
                throw tokens.unexpected("a relationship has one arrow; for either direction write -[…]-");
            }
            tokens.expect(Token.MINUS);
        }
        Pattern.Direction direction = incoming
                ? Pattern.Direction.INCOMING
                : outgoing ? Pattern.Direction.OUTGOING : Pattern.Direction.EITHER;
        return new Pattern.RelationshipPattern(position, direction, alias, types, range, properties);
    }

    private List<Name> types() {
        if (!tokens.accept(Token.COLON)) {
            return List.of();
        }
        List<Name> types = new ArrayList<>();
        do {
            types.add(tokens.word("a relationship type"));
        } while (tokens.accept(Token.BAR));
        return types;
    }

    private Pattern.@Nullable HopRange range() {
        if (!tokens.sees(Token.STAR)) {
            return null;
        }
        Position position = tokens.position();
        int token = tokens.mark();
        tokens.advance();
        int min = 1;
        int max = Pattern.HopRange.UNBOUNDED;
        if (tokens.seesUnsigned()) {
            min = hops();
            if (!tokens.accept(Token.DOTS)) {
                max = min;
            } else if (tokens.seesUnsigned()) {
                max = hops();
            }
        } else if (tokens.accept(Token.DOTS)) {
            max = hops();
        }
        if (max > grammar.limits.maxExpansion()) {
            throw tokens.tooComplex(
                    token,
                    (max == Pattern.HopRange.UNBOUNDED ? "an open range" : "a range up to " + max)
                            + " exceeds the budget of " + grammar.limits.maxExpansion()
                            + " hops (query.max_expansion)",
                    "give an upper bound: *1.." + grammar.limits.maxExpansion());
        }
        return new Pattern.HopRange(position, min, max);
    }

    private int hops() {
        long hops = tokens.unsigned();
        return hops < 0 || hops > Pattern.HopRange.UNBOUNDED ? Pattern.HopRange.UNBOUNDED : (int) hops;
    }

    private List<Field> properties() {
        if (!tokens.accept(Token.LEFT_BRACE)) {
            return List.of();
        }
        List<Field> properties = new ArrayList<>();
        do {
            Position position = tokens.position();
            Name name = tokens.name();
            tokens.expect(Token.COLON);
            properties.add(new Field(position, name, grammar.operands.plainValue()));
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_BRACE);
        return properties;
    }
}
