package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.CollectionSchema;
import io.velesdb.ErrorCode;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.engine.DatabaseSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.Filter;
import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Conditions;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.expression.RowCondition;
import io.velesdb.query.exec.row.Entity;
import io.velesdb.query.exec.row.Tuple;
import io.velesdb.query.exec.search.SparseColumn;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.Operator;
import io.velesdb.query.exec.step.Restrict;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.exec.step.RowScan;
import io.velesdb.query.exec.step.RowSet;
import io.velesdb.query.plan.Refusal;
import io.velesdb.query.plan.Scope;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.write.BatchCommit;
import io.velesdb.write.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPSERT, UPDATE and DELETE (section 16). A condition is evaluated on the state that the change is applied to, so
 * nothing that another writer did in between is overwritten unseen.
 */
final class RowChanges {
    /**
     * What a statement did.
     *
     * @param rows the rows that were written
     * @param affected rows written or removed
     */
    record Changed(List<ResultRow> rows, long affected) {}

    private final Execution execution;
    private final Session session;
    private final Operands operands;

    RowChanges(Execution execution, Statements statements) {
        this.execution = execution;
        session = execution.session();
        operands = statements.operands(execution, 0);
    }

    // ---- INSERT, UPSERT

    Changed insert(Statement.Insert insert) {
        String name = insert.collection().text();
        CollectionSchema schema = execution.snapshot().get(name).schema();
        List<Name> columns = insert.columns();
        Map<Long, Point> points = new LinkedHashMap<>();
        for (Statement.Row row : insert.rows()) {
            Point point = point(row, columns, schema);
            points.remove(point.id());
            points.put(point.id(), point);
        }
        Step upsert = new Step.Upsert(name, List.copyOf(points.values()));
        BatchCommit.of(session, state -> List.of(upsert));
        List<ResultRow> written = new ArrayList<>();
        points.values().forEach(point -> written.add(result(point.id(), point.payload())));
        return new Changed(written, points.size());
    }

    private Point point(Statement.Row row, List<Name> columns, CollectionSchema schema) {
        Long id = null;
        float[] vector = null;
        Map<String, SparseVector> sparse = Map.of();
        Obj.Builder payload = Obj.builder();
        for (int i = 0; i < columns.size(); i++) {
            Operand operand = row.values().get(i);
            Value value = operands.any(operand);
            switch (columns.get(i).text()) {
                case "id" -> id = id(operand.position(), value);
                case "vector" -> vector = denseVector(operand.position(), value, schema);
                case "sparse_vector" -> sparse = SparseColumn.read(operand.position(), value);
                default -> payload.put(columns.get(i).text(), value);
            }
        }
        if (id == null) {
            throw Refusal.unrunnable(row.position(), "the row has no id: add the column id");
        }
        if (vector == null && schema.requiresVector()) {
            throw Refusal.unrunnable(
                    row.position(), "the row has no vector, which a vector collection needs: add the column vector");
        }
        return new Point(id, vector, payload.build().checkStorable(), sparse);
    }

    /** @throws VelesException VELES-010 for anything but a non-negative integer */
    static long id(Position at, Value value) {
        if (value instanceof Value.Int number && number.value() >= 0) {
            return number.value();
        }
        if (value instanceof Value.UInt number) {
            return number.bits();
        }
        throw Refusal.unrunnable(
                at, "id is " + Json.excerpt(value) + ": an id is an integer from 0 to 18446744073709551615");
    }

    private static float @Nullable [] denseVector(Position at, Value value, CollectionSchema schema) {
        if (value instanceof Value.Null) {
            return null;
        }
        if (schema.dimension() == 0) {
            throw Refusal.unrunnable(at, "the collection holds no vectors: leave the column vector out");
        }
        float[] vector = value instanceof Arr array ? Operands.floats(array) : null;
        if (vector == null) {
            throw Refusal.unrunnable(at, "vector is " + Json.excerpt(value) + ": an array of numbers belongs here");
        }
        if (vector.length != schema.dimension()) {
            throw new VelesException(
                    ErrorCode.DIMENSION_MISMATCH,
                    at + " vector has " + vector.length + " components, the collection has dimension "
                            + schema.dimension() + ": use the same embedding model as for the stored vectors");
        }
        Operands.checkFinite(at, "vector", vector);
        return vector;
    }

    // ---- UPDATE

    Changed update(Statement.Update update) {
        String name = update.collection().text();
        CollectionSchema schema = execution.snapshot().get(name).schema();
        Obj.Builder members = Obj.builder();
        float[] vector = null;
        Map<String, SparseVector> sparse = new HashMap<>();
        for (Field assignment : update.assignments()) {
            Position at = assignment.value().position();
            Value value = operands.any(assignment.value());
            switch (assignment.name().text()) {
                case "id" ->
                    throw Refusal.unrunnable(
                            assignment.position(), "id cannot be set: insert the row under the other id instead");
                case "vector" -> {
                    vector = denseVector(at, value, schema);
                    if (vector == null) {
                        throw Refusal.unrunnable(at, "vector is null: a vector can be replaced but not removed");
                    }
                }
                case "sparse_vector" -> sparse.putAll(SparseColumn.read(at, value));
                default -> members.put(assignment.name().text(), value);
            }
        }
        Obj set = members.build();
        Step.RowPatch patch = new Step.RowPatch(set, vector, sparse);
        List<ResultRow> written = new ArrayList<>();
        BatchCommit.of(session, state -> {
            long[] ids = matching(name, update.where(), state);
            VisibleRows visible = visible(name, state);
            written.clear();
            for (long id : ids) {
                Obj payload = visible.state().payload(visible.state().slotOf(id));
                Obj.Builder merged = Obj.builder();
                if (payload != null) {
                    merged.putAll(payload);
                }
                written.add(result(id, merged.putAll(set).build()));
            }
            return ids.length == 0 ? List.of() : List.of(new Step.UpdateRows(name, ids, patch));
        });
        return new Changed(written, written.size());
    }

    // ---- DELETE

    Changed delete(Statement.Delete delete) {
        String name = delete.collection().text();
        execution.snapshot().get(name);
        long[] deleted = {0};
        BatchCommit.of(session, state -> {
            long[] ids = matching(name, delete.where(), state);
            deleted[0] = ids.length;
            return ids.length == 0 ? List.of() : List.of(new Step.Delete(name, ids));
        });
        return new Changed(List.of(), deleted[0]);
    }

    // ---- shared

    private VisibleRows visible(String name, DatabaseSnapshot state) {
        return VisibleRows.of(state.get(name), execution.nowSeconds(), session.authorise(AccessRequest.Kind.DML, name));
    }

    /** The ids of the rows that meet a condition, ascending. */
    private long[] matching(String name, @Nullable Condition where, DatabaseSnapshot state) {
        VisibleRows visible = visible(name, state);
        Conditions conditions = new Conditions(Scope.of(name), operands, RowChanges::refuse);
        List<Filter> filters = new ArrayList<>();
        List<Condition> rest = new ArrayList<>();
        for (Condition term : Conditions.conjuncts(where)) {
            refuseSearches(term);
            Filter filter = conditions.filter(term, 0);
            if (filter == null) {
                rest.add(term);
            } else {
                filters.add(filter);
            }
        }
        try (Execution planned = execution.on(state)) {
            RowSet rows = RowSet.of(visible, filters.isEmpty() ? null : new Filter.And(filters), planned);
            Operator scan = new RowScan(rows, planned);
            RowCondition condition = conditions.all(rest);
            Operator kept = condition == null ? scan : new Restrict(scan, condition, true, planned);
            List<Tuple> found = Operator.drain(kept, planned);
            long[] ids = new long[found.size()];
            for (int i = 0; i < ids.length; i++) {
                Entity row = found.get(i).entity(0);
                ids[i] = row == null ? 0 : row.id();
            }
            return ids;
        }
    }

    private static void refuseSearches(Condition condition) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(RowChanges::refuseSearches);
            case Condition.Or or -> or.terms().forEach(RowChanges::refuseSearches);
            case Condition.Not not -> refuseSearches(not.term());
            case Condition.SimilarityThreshold threshold -> refuse(threshold);
            default -> {
                if (Conditions.pathOf(condition) == null) {
                    refuse(condition);
                }
            }
        }
    }

    private static RowCondition refuse(Condition condition) {
        throw Refusal.unrunnable(
                condition.position(),
                "searches choose no rows to change: WHERE of UPDATE and DELETE takes predicates over fields");
    }

    private static ResultRow result(long id, @Nullable Obj payload) {
        Obj.Builder row = Obj.builder().put("id", Ids.toValue(id));
        if (payload != null) {
            for (int i = 0; i < payload.size(); i++) {
                if (!payload.name(i).equals("id")) {
                    row.put(payload.name(i), payload.value(i));
                }
            }
        }
        return new ResultRow(row.build(), id, null, null);
    }
}
