package io.velesdb.query.exec;

import io.velesdb.CollectionSchema;
import io.velesdb.SparseVector;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.search.SparseColumn;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.write.Step;
import java.util.HashMap;
import java.util.Map;

/** The SET of an UPDATE. */
final class Assignments {
    private Assignments() {}

    /**
     * What is set, the same in every row.
     *
     * @throws io.velesdb.VelesException VELES-010 for the id and for what is no vector, VELES-004 and VELES-005 as of {@link
     *     DenseColumn}
     */
    static Step.RowPatch of(Statement.Update update, CollectionSchema schema, Operands operands) {
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
                    vector = DenseColumn.read(at, value, schema);
                    if (vector == null) {
                        throw Refusal.unrunnable(at, "vector is null: a vector can be replaced but not removed");
                    }
                }
                case "sparse_vector" -> sparse.putAll(SparseColumn.read(at, value));
                default -> members.put(assignment.name().text(), value);
            }
        }
        return new Step.RowPatch(members.build(), vector, sparse);
    }
}
