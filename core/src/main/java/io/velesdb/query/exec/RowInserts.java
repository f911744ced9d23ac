package io.velesdb.query.exec;

import io.velesdb.CollectionSchema;
import io.velesdb.Point;
import io.velesdb.SparseVector;
import io.velesdb.VelesException;
import io.velesdb.engine.Session;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.search.SparseColumn;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.write.BatchCommit;
import io.velesdb.write.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** INSERT and UPSERT, which do the same (section 16). */
final class RowInserts {
    private final Execution execution;
    private final Session session;
    private final Operands operands;

    RowInserts(Execution execution, Statements statements) {
        this.execution = execution;
        session = execution.session();
        operands = statements.operands(execution, 0);
    }

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
        points.values().forEach(point -> written.add(WrittenRow.of(point.id(), point.payload())));
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
                case "vector" -> vector = DenseColumn.read(operand.position(), value, schema);
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
}
