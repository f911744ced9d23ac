package io.velesdb;

import io.velesdb.GraphSchema.EdgeType;
import io.velesdb.GraphSchema.NodeType;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of a {@link GraphSchema}. */
final class GraphSchemaJson {
    private GraphSchemaJson() {}

    static Obj write(GraphSchema schema) {
        List<Value> nodes = new ArrayList<>();
        for (NodeType type : schema.nodeTypes()) {
            nodes.add(Obj.of("name", type.name(), "properties", properties(type.properties())));
        }
        List<Value> edges = new ArrayList<>();
        for (EdgeType type : schema.edgeTypes()) {
            edges.add(Obj.of(
                    "name",
                    type.name(),
                    "from_type",
                    type.from(),
                    "to_type",
                    type.to(),
                    "properties",
                    properties(type.properties())));
        }
        return Obj.of("schemaless", schema.schemaless(), "node_types", nodes, "edge_types", edges);
    }

    private static Obj properties(Map<String, PropertyType> types) {
        Obj.Builder members = Obj.builder();
        for (Map.Entry<String, PropertyType> type : types.entrySet()) {
            members.put(type.getKey(), Value.of(type.getValue().canonicalName()));
        }
        return members.build();
    }

    static GraphSchema read(Value json) {
        Obj schema = object("graph_schema", json, "schemaless", "node_types", "edge_types");
        List<NodeType> nodes = new ArrayList<>();
        for (Value entry : array("node_types", schema.get("node_types"))) {
            Obj type = object("node_types", entry, "name", "properties");
            nodes.add(new NodeType(text("node_types", type, "name"), properties(type)));
        }
        List<EdgeType> edges = new ArrayList<>();
        for (Value entry : array("edge_types", schema.get("edge_types"))) {
            Obj type = object("edge_types", entry, "name", "from_type", "to_type", "properties");
            edges.add(new EdgeType(
                    text("edge_types", type, "name"),
                    text("edge_types", type, "from_type"),
                    text("edge_types", type, "to_type"),
                    properties(type)));
        }
        Value flag = schema.get("schemaless");
        if (flag != null && !(flag instanceof Value.Bool)) {
            throw GraphSchema.invalid("graph_schema.schemaless is " + Json.excerpt(flag) + ": use true or false");
        }
        boolean schemaless = flag instanceof Value.Bool given ? given.value() : nodes.isEmpty() && edges.isEmpty();
        return new GraphSchema(schemaless, nodes, edges);
    }

    private static Map<String, PropertyType> properties(Obj type) {
        Map<String, PropertyType> types = new LinkedHashMap<>();
        Value given = type.get("properties");
        if (given == null || given instanceof Value.Null) {
            return types;
        }
        if (!(given instanceof Obj members)) {
            throw GraphSchema.invalid("properties is " + Json.excerpt(given) + ": use an object of names and types");
        }
        for (int i = 0; i < members.size(); i++) {
            if (!(members.value(i) instanceof Value.Str name)) {
                throw GraphSchema.invalid("the type of property '" + members.name(i) + "' is "
                        + Json.excerpt(members.value(i)) + ": use string, integer, float, boolean or vector");
            }
            types.put(members.name(i), PropertyType.parse(name.text()));
        }
        return types;
    }

    private static Obj object(String where, Value json, String... members) {
        if (!(json instanceof Obj object)) {
            throw GraphSchema.invalid(where + " has " + Json.excerpt(json) + ": use an object");
        }
        for (int i = 0; i < object.size(); i++) {
            if (!List.of(members).contains(object.name(i))) {
                throw GraphSchema.invalid(where + " has the member '" + object.name(i) + "', which is unknown: use "
                        + String.join(", ", members));
            }
        }
        return object;
    }

    private static Arr array(String where, @Nullable Value json) {
        if (json == null || json instanceof Value.Null) {
            return Arr.of(List.of());
        }
        if (json instanceof Arr array) {
            return array;
        }
        throw GraphSchema.invalid("graph_schema." + where + " is " + Json.excerpt(json) + ": use an array");
    }

    private static String text(String where, Obj type, String member) {
        String text = type.text(member);
        if (text == null) {
            throw GraphSchema.invalid(
                    where + " has " + Json.excerpt(type) + ": '" + member + "' is missing, or not a string");
        }
        return text;
    }
}
