package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.CollectionKind;
import io.velesdb.CollectionSchema;
import io.velesdb.Edge;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.journal.Operation;
import io.velesdb.query.ast.Field;
import io.velesdb.query.ast.Operand;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.expression.Operands;
import io.velesdb.query.exec.row.EdgeRow;
import io.velesdb.query.exec.step.Execution;
import io.velesdb.query.exec.step.ResultRow;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Ids;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.write.BatchCommit;
import io.velesdb.write.Step;
import java.util.List;

/** INSERT NODE, INSERT EDGE, DELETE EDGE and TRUNCATE (sections 17 and 18.2). */
final class GraphChanges {
    private final Session session;
    private final Execution execution;
    private final Operands operands;

    GraphChanges(Execution execution, Statements statements) {
        this.execution = execution;
        session = execution.session();
        operands = statements.operands(execution, 0);
    }

    Changed insertNode(Statement.InsertNode insert) {
        String name = insert.collection().text();
        CollectionSchema schema = execution.snapshot().get(name).schema();
        long id = RowInserts.id(insert.id().position(), operands.scalar(insert.id()));
        Obj payload = payload(insert).checkStorable();
        BatchCommit.of(session, state -> {
            if (schema.requiresVector() && state.get(name).slotOf(id) < 0) {
                throw Refusal.unrunnable(
                        insert.position(),
                        "node " + Long.toUnsignedString(id) + " would have no vector, which a vector collection needs:"
                                + " use INSERT INTO with the column vector");
            }
            return List.of(new Step.PutPayload(name, id, payload));
        });
        Obj row = Obj.builder()
                .put("id", Ids.toValue(id))
                .putAll(payload.without("id"))
                .build();
        return new Changed(List.of(new ResultRow(row, id, null, null)), 1);
    }

    private Obj payload(Statement.InsertNode insert) {
        Value given = insert.payload();
        if (given != null) {
            if (given instanceof Obj object) {
                return object;
            }
            if (given instanceof Value.Null) {
                return Obj.EMPTY;
            }
            throw Refusal.unrunnable(
                    insert.position(), "payload is " + Json.excerpt(given) + ": a payload is a JSON object");
        }
        Obj.Builder members = Obj.builder();
        for (Field member : insert.members()) {
            members.put(member.name().text(), operands.scalar(member.value()));
        }
        return members.build();
    }

    Changed insertEdge(Statement.InsertEdge insert) {
        String name = insert.collection().text();
        execution.snapshot().get(name);
        long source = id(insert.source());
        long target = id(insert.target());
        if (!(operands.scalar(insert.label()) instanceof Value.Str label)) {
            throw Refusal.unrunnable(insert.label().position(), "the label is no string: name the kind of the edge");
        }
        Obj.Builder properties = Obj.builder();
        for (Option property : insert.properties()) {
            properties.put(property.name().text(), property.value().value());
        }
        Obj set = properties.build();
        Operand given = insert.id();
        String checked = Edge.checkLabel(label.text());
        long id = given == null ? Edge.derivedId(source, target, checked) : id(given);
        Edge edge = new Edge(id, source, target, checked, set.isEmpty() ? null : set);
        commit(new Step.AddEdges(name, List.of(edge), Step.IfPresent.REFUSE));
        return new Changed(List.of(new ResultRow(new EdgeRow(edge).columns(), id, null, null)), 1);
    }

    Changed deleteEdge(Statement.DeleteEdge delete) {
        String name = delete.collection().text();
        execution.snapshot().get(name);
        long id = id(delete.edge());
        long removed = commit(new Step.RemoveEdges(name, new long[] {id}));
        Obj row = Obj.builder()
                .put("deleted", Value.of(removed > 0))
                .put("edge_id", Ids.toValue(id))
                .build();
        return new Changed(List.of(new ResultRow(row, id, null, null)), removed);
    }

    Changed truncate(Statement.Truncate truncate) {
        String name = truncate.collection().text();
        session.authoriseWhole(AccessRequest.Kind.DML, name);
        CollectionSnapshot[] before = new CollectionSnapshot[1];
        session.engine().commitPlanned(state -> {
            before[0] = state.get(name);
            return List.of(new Operation.Truncate(before[0].number()));
        });
        long rows = before[0].rows();
        long edges = before[0].graph().edgeCount();
        Obj.Builder row = Obj.builder();
        if (before[0].schema().kind() == CollectionKind.GRAPH) {
            row.put("deleted_count", Value.of(rows + edges))
                    .put("deleted_nodes", Value.of(rows))
                    .put("deleted_edges", Value.of(edges));
        } else {
            row.put("deleted_count", Value.of(rows));
        }
        return new Changed(List.of(ResultRow.of(row.build())), rows);
    }

    private long id(Operand operand) {
        return RowInserts.id(operand.position(), operands.scalar(operand));
    }

    private long commit(Step step) {
        return BatchCommit.of(session, state -> List.of(step));
    }
}
