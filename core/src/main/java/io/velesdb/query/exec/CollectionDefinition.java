package io.velesdb.query.exec;

import io.velesdb.CollectionSchema;
import io.velesdb.GraphSchema;
import io.velesdb.PropertyType;
import io.velesdb.StorageMode;
import io.velesdb.index.hnsw.HnswParameters;
import io.velesdb.query.ast.Option;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.plan.Refusal;
import io.velesdb.value.Value;
import io.velesdb.vector.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What CREATE COLLECTION defines (section 18.1). */
record CollectionDefinition(CollectionSchema schema) {
    /** @throws io.velesdb.VelesException VELES-010 for an option with a value that does not fit */
    static CollectionDefinition of(Statement.CreateCollection create) {
        if (create.kind() == Statement.Kind.METADATA) {
            return new CollectionDefinition(CollectionSchema.metadata());
        }
        List<Option> written = new ArrayList<>(create.options());
        if (create.kind() == Statement.Kind.VECTOR) {
            written.addAll(create.with());
        }
        Map<String, Option> options = new HashMap<>();
        for (Option option : written) {
            options.putIfAbsent(option.name().text().toLowerCase(Locale.ROOT), option);
        }
        Option sized = options.get("dimension");
        if (sized == null && create.kind() == Statement.Kind.GRAPH) {
            return new CollectionDefinition(CollectionSchema.graph().withGraphSchema(types(create)));
        }
        int dimension = number(sized, 0);
        Option named = options.get("metric");
        Metric metric = named == null ? Metric.COSINE : Metric.parse(text(named));
        StorageMode storage = storage(options.get("storage"));
        CollectionSchema schema = create.kind() == Statement.Kind.GRAPH
                ? CollectionSchema.graph(dimension, metric)
                : CollectionSchema.vector(dimension, metric);
        HnswParameters shape = HnswParameters.forDimension(dimension);
        int m = number(options.get("m"), shape.m());
        int efConstruction = number(options.get("ef_construction"), shape.efConstruction());
        CollectionSchema shaped = schema.withHnsw(new HnswParameters(m, efConstruction, shape.maxLayers()))
                .withStorage(storage);
        return new CollectionDefinition(
                create.kind() == Statement.Kind.GRAPH ? shaped.withGraphSchema(types(create)) : shaped);
    }

    /** What WITH SCHEMA declares; everything is admitted without it. */
    private static GraphSchema types(Statement.CreateCollection create) {
        if (create.schema().isEmpty()) {
            return GraphSchema.SCHEMALESS;
        }
        List<GraphSchema.NodeType> nodes = new ArrayList<>();
        List<GraphSchema.EdgeType> edges = new ArrayList<>();
        for (Statement.SchemaDefinition definition : create.schema()) {
            switch (definition) {
                case Statement.SchemaDefinition.NodeType node -> {
                    Map<String, PropertyType> properties = new LinkedHashMap<>();
                    for (Statement.PropertyDefinition property : node.properties()) {
                        properties.put(
                                property.name().text(),
                                switch (property.type()) {
                                    case STRING -> PropertyType.STRING;
                                    case INTEGER -> PropertyType.INTEGER;
                                    case FLOAT -> PropertyType.FLOAT;
                                    case BOOLEAN -> PropertyType.BOOLEAN;
                                    case VECTOR -> PropertyType.VECTOR;
                                });
                    }
                    nodes.add(new GraphSchema.NodeType(node.name().text(), properties));
                }
                case Statement.SchemaDefinition.EdgeType edge ->
                    edges.add(new GraphSchema.EdgeType(
                            edge.label().text(),
                            edge.source().text(),
                            edge.target().text(),
                            Map.of()));
            }
        }
        return GraphSchema.strict(nodes, edges);
    }

    private static StorageMode storage(@Nullable Option option) {
        if (option == null) {
            return StorageMode.FULL;
        }
        return StorageMode.parse(text(option));
    }

    private static int number(@Nullable Option option, int otherwise) {
        if (option == null) {
            return otherwise;
        }
        if (option.value().value() instanceof Value.Int number
                && number.value() >= 0
                && number.value() <= Integer.MAX_VALUE) {
            return (int) number.value();
        }
        throw bad(option.position(), option, "a positive integer");
    }

    private static String text(Option option) {
        if (option.value().value() instanceof Value.Str text) {
            return text.text();
        }
        throw bad(option.position(), option, "a name");
    }

    private static RuntimeException bad(Position at, Option option, String wanted) {
        return Refusal.unrunnable(
                at,
                "the option " + option.name().text() + " is " + option.value().value() + ": use " + wanted);
    }
}
