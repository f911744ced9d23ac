package io.velesdb.query.plan;

import io.velesdb.query.ast.Aggregate;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.OrderItem;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.SimilarityScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT with its names resolved and its clauses taken apart: what is to be done, in the order of section 5. How it is
 * done depends on the data and is decided when it runs.
 *
 * @param select the clauses as written
 * @param joins in the order written
 * @param searches what WHERE asks to be searched, and what it only filters
 * @param aggregating whether the rows of the result are groups
 * @param groupBy the keys of the groups
 * @param aggregates those of the list, HAVING and ORDER BY, each once, by the form in which they were written
 * @param outputs the columns of the result
 * @param windows the window functions of the list
 * @param lets bindings, a later one of the same name hides the earlier
 */
public record SelectPlan(
        Select select,
        Scope scope,
        List<JoinPlan> joins,
        Searches searches,
        FusionPlan fusion,
        SearchOptions options,
        boolean aggregating,
        List<FieldRef> groupBy,
        Map<Aggregate, AggregatePlan> aggregates,
        List<Output> outputs,
        List<SelectItem.Window> windows,
        List<Query.Let> lets) {
    /** @throws io.velesdb.VelesException VELES-010 for a shape that cannot be run */
    public static SelectPlan of(Select select, List<Query.Let> lets) {
        Scope scope = Scope.of(select);
        refuseRepeatedNames(select, scope);
        List<JoinPlan> joins = new ArrayList<>();
        for (int i = 0; i < select.joins().size(); i++) {
            joins.add(JoinPlan.of(select.joins().get(i), i + 1, scope));
        }
        Searches searches = Searches.of(select.where());
        searches.check(select.where());
        Condition.NearFused near = searches.nearFused();
        FusionPlan fusion = near == null ? FusionPlan.of(select.fusion()) : FusionPlan.of(near, select.fusion());
        boolean aggregating = !select.groupBy().isEmpty()
                || select.items().stream().anyMatch(SelectItem.Aggregated.class::isInstance);
        if (select.having() != null && select.groupBy().isEmpty()) {
            throw Refusal.unrunnable(select.having().position(), "HAVING needs GROUP BY: filter single rows in WHERE");
        }
        List<FieldRef> groupBy = select.groupBy().stream().map(scope::resolve).toList();
        Map<Aggregate, AggregatePlan> aggregates = new LinkedHashMap<>();
        if (aggregating) {
            for (Aggregate aggregate : Validation.aggregates(select)) {
                aggregates.putIfAbsent(aggregate, AggregatePlan.of(aggregate, scope, searches.ranks()));
            }
        }
        List<SelectItem.Window> windows = new ArrayList<>();
        for (SelectItem item : select.items()) {
            if (item instanceof SelectItem.Window window) {
                windows.add(window);
            }
        }
        List<Output> outputs = aggregating
                ? groupOutputs(select, scope, groupBy, aggregates, windows, lets)
                : rowOutputs(select, scope, windows, lets);
        return new SelectPlan(
                select,
                scope,
                List.copyOf(joins),
                searches,
                fusion,
                SearchOptions.of(select.with()),
                aggregating,
                groupBy,
                aggregates,
                outputs,
                List.copyOf(windows),
                List.copyOf(lets));
    }

    private static void refuseRepeatedNames(Select select, Scope scope) {
        for (int i = 0; i < select.joins().size(); i++) {
            Name alias = select.joins().get(i).source().alias();
            if (alias != null && scope.find(alias.text()) != i + 1) {
                throw Refusal.unrunnable(
                        alias.position(), "the alias '" + alias.text() + "' is declared twice: choose another one");
            }
        }
    }

    /** The place of the last binding of a name among the first {@code before}, or -1. */
    public static int binding(List<Query.Let> lets, String name, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (lets.get(i).name().text().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Output> rowOutputs(
            Select select, Scope scope, List<SelectItem.Window> windows, List<Query.Let> lets) {
        List<Output> outputs = new ArrayList<>();
        for (SelectItem item : select.items()) {
            outputs.add(
                    switch (item) {
                        case SelectItem.All all -> new Output.All();
                        case SelectItem.AllOf all ->
                            new Output.AllOf(scope.find(all.source().text()));
                        case SelectItem.Column column -> column(column, scope, lets);
                        default -> common(item, windows);
                    });
        }
        return List.copyOf(outputs);
    }

    private static Output column(SelectItem.Column column, Scope scope, List<Query.Let> lets) {
        String key = key(column.alias(), column.path().text());
        int binding = column.path().segments().size() == 1
                ? binding(lets, column.path().segments().get(0), lets.size())
                : -1;
        return binding >= 0 ? new Output.Binding(key, binding) : new Output.Field(key, scope.resolve(column.path()));
    }

    private static Output common(SelectItem item, List<SelectItem.Window> windows) {
        return switch (item) {
            case SelectItem.Score score -> new Output.Similarity(key(score.alias(), "similarity"));
            case SelectItem.Window window ->
                new Output.Window(
                        key(window.alias(), window.function().name().toLowerCase(Locale.ROOT)), place(windows, window));
            default -> throw new IllegalStateException("no common item: " + item);
        };
    }

    @SuppressWarnings("ReferenceEquality") // the same place in the statement, not an equal window
    private static int place(List<SelectItem.Window> windows, SelectItem.Window window) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i) == window) {
                return i;
            }
        }
        throw new IllegalStateException("a window that is not in the list");
    }

    private static String key(@Nullable Name alias, String text) {
        return alias == null ? text : alias.text();
    }

    /** The group columns, listed or not, then everything else in the order of the list. */
    private static List<Output> groupOutputs(
            Select select,
            Scope scope,
            List<FieldRef> groupBy,
            Map<Aggregate, AggregatePlan> aggregates,
            List<SelectItem.Window> windows,
            List<Query.Let> lets) {
        String[] keys = new String[groupBy.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = groupBy.get(i).text();
        }
        List<Aggregate> order = List.copyOf(aggregates.keySet());
        List<Output> rest = new ArrayList<>();
        for (SelectItem item : select.items()) {
            switch (item) {
                case SelectItem.Column column -> {
                    int group = indexOf(groupBy, scope.resolve(column.path()));
                    if (group >= 0) {
                        Name alias = column.alias();
                        keys[group] = alias == null ? column.path().text() : alias.text();
                    } else if (column(column, scope, lets) instanceof Output.Binding binding) {
                        rest.add(binding);
                    } else {
                        throw notGrouped(column.path(), groupBy);
                    }
                }
                case SelectItem.Aggregated aggregated -> {
                    AggregatePlan plan = aggregates.get(aggregated.aggregate());
                    rest.add(new Output.Aggregated(
                            key(aggregated.alias(), plan == null ? "" : plan.key()),
                            order.indexOf(aggregated.aggregate())));
                }
                case SelectItem.All all ->
                    throw Refusal.unrunnable(
                            all.position(), "* cannot be listed with groups: list the columns of GROUP BY");
                case SelectItem.AllOf all ->
                    throw Refusal.unrunnable(
                            all.position(),
                            all.source().text() + ".* cannot be listed with groups: list the columns of GROUP BY");
                default -> rest.add(common(item, windows));
            }
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            outputs.add(new Output.GroupKey(keys[i], i));
        }
        outputs.addAll(rest);
        return List.copyOf(outputs);
    }

    private static RuntimeException notGrouped(Path path, List<FieldRef> groupBy) {
        List<String> names = groupBy.stream().map(FieldRef::text).toList();
        return Refusal.unrunnable(
                path.position(),
                "'" + path.text() + "' is neither a column of GROUP BY nor an aggregate"
                        + Suggestion.of(path.text(), names)
                        + ": group by it, or write FIRST(" + path.text() + ")");
    }

    /** The group key that a path denotes, or -1. */
    public int groupKey(Path path) {
        return indexOf(groupBy, scope.resolve(path));
    }

    private static int indexOf(List<FieldRef> fields, FieldRef field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isSameAs(field)) {
                return i;
            }
        }
        return -1;
    }

    /** The output that an alias or an unaliased key names, or null; of several the last. */
    public @Nullable Output output(String key) {
        Output found = null;
        for (Output output : outputs) {
            if (key.equals(output.key())) {
                found = output;
            }
        }
        return found;
    }

    /** The output that an alias written in the list names, or null; of several the last. */
    public @Nullable Output aliased(String alias) {
        boolean written = false;
        for (SelectItem item : select.items()) {
            Name name = switch (item) {
                case SelectItem.Column column -> column.alias();
                case SelectItem.Score score -> score.alias();
                case SelectItem.Aggregated aggregated -> aggregated.alias();
                case SelectItem.Window window -> window.alias();
                default -> null;
            };
            written |= name != null && name.text().equals(alias);
        }
        return written ? output(alias) : null;
    }

    /** Whether the order of the result is that of its scores, so that the best are enough. */
    public boolean ordersByScoreAlone() {
        if (aggregating || select.distinct() || !windows.isEmpty()) {
            return false;
        }
        return select.orderBy().isEmpty()
                || select.orderBy().size() == 1
                        && select.orderBy().get(0).key() instanceof SimilarityScore
                        && select.orderBy().get(0).direction() != OrderItem.Direction.ASC;
    }
}
