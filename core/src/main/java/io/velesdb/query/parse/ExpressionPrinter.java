package io.velesdb.query.parse;

import io.velesdb.filter.Operator;
import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Argument;
import io.velesdb.query.ast.Arithmetic;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Fusion;
import io.velesdb.query.ast.Literal;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.SimilarityScore;
import io.velesdb.query.ast.SortKey;
import io.velesdb.value.Value;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes names, values, arithmetic and options as text. */
final class ExpressionPrinter {
    private final StringBuilder out;
    private final SelectPrinter selects;

    ExpressionPrinter(StringBuilder out, SelectPrinter selects) {
        this.out = out;
        this.selects = selects;
    }

    <T> void list(List<T> items, Consumer<? super T> print) {
        list(items, ", ", print);
    }

    <T> void list(List<T> items, String separator, Consumer<? super T> print) {
        boolean first = true;
        for (T item : items) {
            if (!first) {
                out.append(separator);
            }
            first = false;
            print.accept(item);
        }
    }

    // ---- names

    void name(Name name) {
        name(name.text());
    }

    private void name(String text) {
        if (isPlain(text)) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }

    /** Whether a name can stand without quotes. */
    static boolean isPlain(String text) {
        if (text.isEmpty() || !Lexer.isWordStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!Lexer.isWordPart(text.charAt(i))) {
                return false;
            }
        }
        return !Token.ofWord(text, 0, text.length()).isQuotedAsName();
    }

    void path(Path path) {
        list(path.segments(), ".", this::name);
    }

    void alias(@Nullable Name alias) {
        if (alias != null) {
            out.append(" AS ");
            name(alias);
        }
    }

    // ---- values

    void operand(Operand operand) {
        switch (operand) {
            case Literal literal -> value(literal.value());
            case Operand.Parameter parameter -> {
                out.append('$');
                name(parameter.name());
            }
            case Operand.VectorLiteral vector -> {
                out.append('[');
                list(vector.components().elements(), this::value);
                out.append(']');
            }
            case Operand.SparseLiteral sparse -> {
                out.append('{');
                list(sparse.terms(), term -> {
                    out.append(term.index()).append(": ");
                    value(term.weight());
                });
                out.append('}');
            }
            case Operand.Subquery subquery -> {
                out.append('(');
                selects.select(subquery.select());
                out.append(')');
            }
            case Operand.Now now -> out.append("NOW()");
            case Operand.Interval interval ->
                out.append("INTERVAL '")
                        .append(interval.amount())
                        .append(' ')
                        .append(interval.unit().text())
                        .append('\'');
            case Operand.TemporalSum sum -> {
                operand(sum.left());
                out.append(' ').append(sum.operator().text()).append(' ');
                operand(sum.right());
            }
        }
    }

    void values(List<Operand> values) {
        out.append('(');
        list(values, this::operand);
        out.append(')');
    }

    private void value(Value value) {
        switch (value) {
            case Value.Str string -> string(string.text());
            case Value.Null n -> out.append("NULL");
            case Value.Bool bool -> out.append(bool.value() ? "TRUE" : "FALSE");
            default -> out.append(value);
        }
    }

    void string(String text) {
        out.append('\'').append(text.replace("'", "''")).append('\'');
    }

    void comparison(Operator operator) {
        out.append(
                switch (operator) {
                    case EQ -> " = ";
                    case NEQ -> " <> ";
                    case GT -> " > ";
                    case GTE -> " >= ";
                    case LT -> " < ";
                    case LTE -> " <= ";
                });
    }

    void field(Field field, String separator) {
        name(field.name());
        out.append(separator);
        operand(field.value());
    }

    // ---- arithmetic, aggregates, order

    void sortKey(SortKey key) {
        switch (key) {
            case Aggregate aggregate -> aggregate(aggregate);
            case Arithmetic arithmetic -> arithmetic(arithmetic);
        }
    }

    void arithmetic(Arithmetic arithmetic) {
        switch (arithmetic) {
            case Literal literal -> value(literal.value());
            case Path path -> path(path);
            case SimilarityScore score -> out.append("similarity()");
            case Arithmetic.Similarity similarity -> similarity(similarity);
            case Arithmetic.Chain chain -> {
                boolean product = isProduct(chain);
                term(chain.first(), product);
                for (Arithmetic.Step step : chain.steps()) {
                    out.append(' ').append(step.operator().text()).append(' ');
                    term(step.operand(), product);
                }
            }
        }
    }

    private void term(Arithmetic term, boolean ofProduct) {
        if (term instanceof Arithmetic.Chain chain && (ofProduct || !isProduct(chain))) {
            out.append('(');
            arithmetic(term);
            out.append(')');
        } else {
            arithmetic(term);
        }
    }

    private static boolean isProduct(Arithmetic.Chain chain) {
        Arithmetic.Operator operator = chain.steps().get(0).operator();
        return operator == Arithmetic.Operator.MULTIPLY || operator == Arithmetic.Operator.DIVIDE;
    }

    void similarity(Arithmetic.Similarity similarity) {
        out.append("similarity(").append(similarity.field().text()).append(", ");
        operand(similarity.vector());
        out.append(')');
    }

    void aggregate(Aggregate aggregate) {
        out.append(aggregate.function().name()).append('(');
        switch (aggregate.argument()) {
            case Argument.AllRows all -> out.append('*');
            case Argument.RowScore score -> out.append("score");
            case Path path -> {
                if (Words.lower(path.text()).equals("score")) {
                    out.append('"').append(path.text()).append('"');
                } else {
                    path(path);
                }
            }
        }
        out.append(')');
    }

    void orderBy(List<OrderItem> items) {
        if (!items.isEmpty()) {
            out.append(" ORDER BY ");
            list(items, item -> {
                sortKey(item.key());
                direction(item.direction());
            });
        }
    }

    void direction(OrderItem.@Nullable Direction direction) {
        if (direction != null) {
            out.append(' ').append(direction.name());
        }
    }

    // ---- options

    void options(List<Option> options) {
        out.append('(');
        list(options, option -> {
            name(option.name());
            out.append(" = ");
            value(option.value().value());
        });
        out.append(')');
    }

    void fusion(Fusion fusion) {
        out.append(" USING FUSION");
        if (fusion.strategy() == null && fusion.options().isEmpty()) {
            return;
        }
        out.append(" (");
        String separator = "";
        if (fusion.strategy() != null) {
            out.append("strategy = '").append(fusion.strategy().text()).append('\'');
            separator = ", ";
        }
        for (Fusion.Option option : fusion.options()) {
            out.append(separator).append(option.parameter().text()).append(" = ");
            value(option.value().value());
            separator = ", ";
        }
        out.append(')');
    }
}
