package io.velesdb.query.exec.match;

import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.ReturnItem;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Expression;
import io.velesdb.query.exec.expression.FieldKey;
import io.velesdb.query.exec.expression.SimilarityExpression;
import io.velesdb.query.exec.row.EdgeEntity;
import io.velesdb.query.exec.row.EdgeListEntity;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.RowEntity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RETURN: the columns and bindings of a match. */
final class ReturnColumns {
    private final Statement.Match match;
    private final Scope scope;
    private final List<Query.Let> lets;
    /** By item: what a property has as its value; null for other items. */
    private final List<@Nullable FieldKey> properties = new ArrayList<>();
    /** By source: the alias that stands for it first; null for none. */
    private final @Nullable String[] aliases;

    /** @throws io.velesdb.VelesException VELES-010 for a name that neither the pattern nor LET declares */
    ReturnColumns(Statement.Match match, Scope scope, List<Query.Let> lets) {
        this.match = match;
        this.scope = scope;
        this.lets = lets;
        aliases = new String[scope.size()];
        for (int source = 0; source < aliases.length; source++) {
            String name = scope.source(source).name();
            aliases[source] = name != null && scope.find(name) == source ? name : null;
        }
        for (ReturnItem item : match.items()) {
            properties.add(
                    item instanceof ReturnItem.Property property ? new FieldKey(scope.resolve(property.path())) : null);
            switch (item) {
                case ReturnItem.Binding binding -> {
                    if (scope.find(binding.name().text()) < 0
                            && let(binding.name().text()) < 0) {
                        throw undeclared(binding.name());
                    }
                }
                case ReturnItem.Property property -> {
                    String alias = property.path().segments().get(0);
                    if (scope.find(alias) < 0) {
                        throw undeclared(new Name(property.position(), alias));
                    }
                }
                default -> {
                    // declares nothing
                }
            }
        }
    }

    private static RuntimeException undeclared(Name name) {
        return Refusal.unrunnable(
                name.position(),
                "'" + name.text() + "' is declared neither by the pattern nor by LET: give a node that alias");
    }

    private int let(String name) {
        return SelectPlan.binding(lets, name, lets.size());
    }

    /** The column that an alias of the list denotes; null for none. */
    @Nullable
    Expression expression(Path path) {
        String text = path.text();
        for (ReturnItem item : match.items()) {
            Name alias = item.alias();
            if (alias == null || !alias.text().equals(text)) {
                continue;
            }
            switch (item) {
                case ReturnItem.Score score -> {
                    return SimilarityExpression.OF_ROW;
                }
                case ReturnItem.Property property -> {
                    return new FieldKey(scope.resolve(property.path()));
                }
                case ReturnItem.Binding binding -> {
                    int let = let(binding.name().text());
                    if (let >= 0) {
                        return row -> row.bindings[let];
                    }
                }
                case ReturnItem.All all -> {
                    // several columns
                }
            }
        }
        return null;
    }

    /** The row of the result. */
    ResultRow row(Tuple row) {
        Obj.Builder columns = Obj.builder();
        for (int i = 0; i < match.items().size(); i++) {
            ReturnItem item = match.items().get(i);
            Name alias = item.alias();
            switch (item) {
                case ReturnItem.All all -> addNodes(columns, row);
                case ReturnItem.Score score ->
                    columns.put(alias == null ? "similarity()" : alias.text(), SimilarityExpression.OF_ROW.value(row));
                case ReturnItem.Binding binding ->
                    addBinding(
                            columns,
                            row,
                            binding.name().text(),
                            alias == null ? binding.name().text() : alias.text());
                case ReturnItem.Property property -> {
                    FieldKey field = properties.get(i);
                    Value value = field == null ? null : field.value(row);
                    columns.put(
                            alias == null ? property.path().text() : alias.text(), value == null ? Value.NULL : value);
                }
            }
        }
        return new ResultRow(columns.build(), idOf(row), row.score, bindings(row));
    }

    private void addNodes(Obj.Builder columns, Tuple row) {
        for (int source = 0; source < aliases.length; source += 2) {
            String name = aliases[source];
            if (name != null) {
                addBinding(columns, row, name, name);
            }
        }
    }

    private void addBinding(Obj.Builder columns, Tuple row, String name, String prefix) {
        int let = let(name);
        int source = scope.find(name);
        if (source < 0) {
            Value value = let < 0 ? null : row.bindings[let];
            columns.put(prefix, value == null ? Value.NULL : value);
            return;
        }
        switch (row.entity(source)) {
            case RowEntity node -> {
                columns.put(prefix + ".id", Ids.toValue(node.id()));
                Obj payload = node.payload();
                for (int i = 0; i < payload.size(); i++) {
                    if (!payload.name(i).equals("id")) {
                        columns.put(prefix + "." + payload.name(i), payload.value(i));
                    }
                }
            }
            case EdgeEntity edge -> columns.put(prefix, edge.toObject());
            case EdgeListEntity list -> columns.put(prefix, list.ids());
            case null, default -> columns.put(prefix, Value.NULL);
        }
    }

    /** The id of the node that the first item is about, else of the last node. */
    private long idOf(Tuple row) {
        String alias = switch (match.items().get(0)) {
            case ReturnItem.Binding binding -> binding.name().text();
            case ReturnItem.Property property -> property.path().segments().get(0);
            default -> null;
        };
        int source = alias == null ? -1 : scope.find(alias);
        Entity entity = row.entity(source >= 0 && source % 2 == 0 ? source : row.sources() - 1);
        return entity == null ? 0 : entity.id();
    }

    private ResultRow.Match bindings(Tuple row) {
        Obj.Builder nodes = Obj.builder();
        Obj.Builder edges = Obj.builder();
        Obj.Builder paths = Obj.builder();
        for (int source = 0; source < aliases.length; source++) {
            String name = aliases[source];
            if (name == null) {
                continue;
            }
            switch (row.entity(source)) {
                case EdgeEntity edge -> edges.put(name, Ids.toValue(edge.id()));
                case EdgeListEntity list -> paths.put(name, list.ids());
                case null -> nodes.put(name, Value.NULL);
                case Entity node -> nodes.put(name, Ids.toValue(node.id()));
            }
        }
        List<EdgeEntity> path = row.path;
        return new ResultRow.Match(nodes.build(), edges.build(), paths.build(), path == null ? 0 : path.size());
    }
}
