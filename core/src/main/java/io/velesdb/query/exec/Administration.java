package io.velesdb.query.exec;

import io.velesdb.AccessRequest;
import io.velesdb.CollectionSchema;
import io.velesdb.CollectionStatistics;
import io.velesdb.IndexDefinition;
import io.velesdb.IndexKind;
import io.velesdb.ReindexAdvice;
import io.velesdb.engine.CollectionCatalog;
import io.velesdb.engine.CollectionSnapshot;
import io.velesdb.engine.Session;
import io.velesdb.engine.VisibleRows;
import io.velesdb.filter.FieldPath;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Path;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.List;

/** SHOW, DESCRIBE, FLUSH, ANALYZE and the statements that make, change and drop collections and their indexes. */
final class Administration {
    private final Session session;
    private final Statements.Flushing flushing;

    Administration(Session session, Statements.Flushing flushing) {
        this.session = session;
        this.flushing = flushing;
    }

    List<Obj> show() {
        return session.metered("", () -> {
            List<Obj> rows = new ArrayList<>();
            for (CollectionSnapshot state : session.engine().snapshot().collections()) {
                session.authorise(AccessRequest.Kind.SELECT, state.name());
                rows.add(Obj.of(
                        "name", state.name(), "type", state.schema().kind().canonicalName()));
            }
            return rows;
        });
    }

    Obj describe(String name) {
        CollectionSnapshot state = session.engine().snapshot().get(name);
        CollectionSchema schema = state.schema();
        Obj.Builder row = Obj.builder()
                .put("name", Value.of(name))
                .put("type", Value.of(schema.kind().canonicalName()));
        Metric metric = schema.metric();
        if (metric != null) {
            row.put("dimension", Value.of((long) schema.dimension())).put("metric", Value.of(metric.canonicalName()));
        }
        long points = session.read(state, AccessRequest.Kind.SELECT, VisibleRows::count);
        return row.put("point_count", Value.of(points)).build();
    }

    Obj flush(Statement.Flush flush) {
        Name collection = flush.collection();
        String concerned = collection == null ? "" : collection.text();
        if (flush.full()) {
            session.authoriseWhole(AccessRequest.Kind.DDL, concerned);
        } else {
            session.authorise(AccessRequest.Kind.DML, concerned);
        }
        if (collection != null) {
            session.engine().snapshot().get(concerned);
        }
        flushing.flush(flush.full());
        return Obj.of("status", "flushed", "full", flush.full());
    }

    List<Obj> create(Statement.CreateCollection create) {
        CollectionDefinition definition = CollectionDefinition.of(create);
        session.authoriseWhole(AccessRequest.Kind.DDL, create.name().text());
        session.engine().createCollection(create.name().text(), definition.schema());
        session.tell(observer -> observer.collectionCreated(
                create.name().text(), definition.schema().kind()));
        return List.of();
    }

    List<Obj> drop(Statement.DropCollection drop) {
        String name = drop.name().text();
        if (drop.ifExists() && session.engine().snapshot().find(name) == null) {
            return List.of();
        }
        session.authoriseWhole(AccessRequest.Kind.DDL, name);
        session.engine().dropCollection(name);
        session.tell(observer -> observer.collectionDeleted(name));
        return List.of();
    }

    List<Obj> createIndex(Statement.CreateIndex create) {
        catalog(create.collection()).createIndex(index(create.path()));
        return List.of();
    }

    /** Dropping an index that is not there is silent. */
    List<Obj> dropIndex(Statement.DropIndex drop) {
        catalog(drop.collection()).dropIndex(index(drop.path()));
        return List.of();
    }

    private CollectionCatalog catalog(Name collection) {
        session.engine().snapshot().get(collection.text());
        return new CollectionCatalog(session, collection.text());
    }

    private static IndexDefinition index(Path path) {
        return new IndexDefinition(IndexKind.SECONDARY, "", new FieldPath(path.segments()));
    }

    /** All options are checked before any is applied; of an option that is repeated the first counts. */
    List<Obj> alter(Statement.AlterCollection alter) {
        CollectionCatalog catalog = catalog(alter.collection());
        Boolean autoReindex = null;
        for (Option option : alter.options()) {
            if (!option.name().text().equalsIgnoreCase("auto_reindex")) {
                throw Refusal.unrunnable(
                        option.position(),
                        "a collection has no setting '" + option.name().text() + "': the only one is auto_reindex");
            }
            if (!(option.value().value() instanceof Value.Bool enabled)) {
                throw Refusal.unrunnable(
                        option.position(), "auto_reindex is " + option.value().value() + ": use true or false");
            }
            autoReindex = autoReindex == null ? enabled.value() : autoReindex;
        }
        if (autoReindex != null) {
            catalog.setAutoReindex(autoReindex);
        }
        return List.of();
    }

    /** The statistics of the collection as it is now, and what is advised about its vector index. */
    Obj analyze(Statement.Analyze analyze) {
        CollectionStatistics found = catalog(analyze.collection()).analyze();
        CollectionSnapshot state =
                session.engine().snapshot().get(analyze.collection().text());
        Obj row = found.toJson(state.indexes());
        ReindexAdvice advice = session.engine().upkeep().reindexAdvice(state);
        return advice == null ? row : row.with("reindex_advice", advice.toJson());
    }
}
