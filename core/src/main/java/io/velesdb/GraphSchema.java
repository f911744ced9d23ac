package io.velesdb;

import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes and edges a graph collection admits. Immutable.
 *
 * <p>A schemaless graph admits everything. In a strict one every label of a node is a declared node type, an edge has a
 * declared edge type whose {@code from} is a label of its source and whose {@code to} is one of its target, and declared
 * properties have their type where they are present; properties that are not declared are free. A node without labels, or
 * without payload, has no type: it is admitted, and no edge fits it. A node keeps the labels that its edges need.
 *
 * <pre>{@code
 * GraphSchema films = GraphSchema.parse(Json.parse(
 *         """
 *         {"schemaless": false,
 *          "node_types": [{"name": "Person", "properties": {"name": "string"}}, {"name": "Film", "properties": {}}],
 *          "edge_types": [{"name": "DIRECTED", "from_type": "Person", "to_type": "Film", "properties": {"fee": "float"}}]}"""));
 * films.checkNode(1, Obj.of("_labels", List.of("Person"), "name", "Noor"));
 * }</pre>
 *
 * @param schemaless true when nothing is checked
 * @param nodeTypes names are distinct
 * @param edgeTypes one name may connect several pairs of node types
 */
public record GraphSchema(boolean schemaless, List<NodeType> nodeTypes, List<EdgeType> edgeTypes) {
    /** The member of a payload that holds the labels of a node, an array of strings. */
    public static final String LABELS = "_labels";

    /** Everything is admitted. */
    public static final GraphSchema SCHEMALESS = new GraphSchema(true, List.of(), List.of());

    /** What a node with the label {@code name} is. */
    public record NodeType(String name, Map<String, PropertyType> properties) {
        /** @throws VelesException VELES-017 for a blank name */
        public NodeType {
            checkName("node type", name);
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** What an edge with the label {@code name} from a node of type {@code from} to one of type {@code to} is. */
    public record EdgeType(String name, String from, String to, Map<String, PropertyType> properties) {
        /** @throws VelesException VELES-021 for a blank name */
        public EdgeType {
            name = Edge.checkLabel(name);
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** @throws VelesException VELES-017 for types that are declared twice, and ends of edges that are not declared */
    public GraphSchema {
        nodeTypes = List.copyOf(nodeTypes);
        edgeTypes = List.copyOf(edgeTypes);
        Set<String> names = new HashSet<>();
        for (NodeType type : nodeTypes) {
            if (!names.add(type.name())) {
                throw invalid("node type '" + type.name() + "' is declared twice: declare it once");
            }
        }
        Set<List<String>> edges = new HashSet<>();
        for (EdgeType type : edgeTypes) {
            for (String end : List.of(type.from(), type.to())) {
                if (!names.contains(end)) {
                    throw invalid("edge type '" + type.name() + "' names the node type '" + end
                            + "', which is not declared: declare it in node_types");
                }
            }
            if (!edges.add(List.of(type.name(), type.from(), type.to()))) {
                throw invalid("edge type '" + type.name() + "' from '" + type.from() + "' to '" + type.to()
                        + "' is declared twice: declare it once");
            }
        }
    }

    /** A strict schema. */
    public static GraphSchema strict(List<NodeType> nodeTypes, List<EdgeType> edgeTypes) {
        return new GraphSchema(false, nodeTypes, edgeTypes);
    }

    /**
     * Does nothing for a node that the schema admits.
     *
     * @param payload null for none
     * @throws VelesException VELES-017 for a label that is no declared node type, and for a property of another type
     */
    public void checkNode(long id, @Nullable Obj payload) {
        if (schemaless || payload == null) {
            return;
        }
        Value labels = payload.get(LABELS);
        if (labels == null || labels instanceof Value.Null) {
            return;
        }
        String node = "node " + Long.toUnsignedString(id);
        if (!(labels instanceof Arr array)) {
            throw invalid(node + " has " + LABELS + " " + Json.excerpt(labels) + ": labels are an array of strings");
        }
        for (Value label : array) {
            if (!(label instanceof Value.Str name)) {
                throw invalid(node + " has the label " + Json.excerpt(label) + ": labels are strings");
            }
            NodeType type = nodeType(name.text());
            if (type == null) {
                throw invalid(node + " has the label '" + name.text()
                        + "', which is no node type of the collection: declare it, or use one of " + nodeTypeNames());
            }
            checkProperties(node, type.properties(), payload);
        }
    }

    /**
     * Whether the schema admits an edge: what {@link #checkEdge} says with words.
     *
     * @param source the payload of its source, null for none
     * @param target the payload of its target, null for none
     */
    public boolean admitsEdge(Edge edge, @Nullable Obj source, @Nullable Obj target) {
        if (schemaless) {
            return true;
        }
        for (EdgeType type : edgeTypes) {
            if (type.name().equals(edge.label()) && hasLabel(source, type.from()) && hasLabel(target, type.to())) {
                Obj properties = edge.properties();
                return properties == null || misfit(type.properties(), properties) == null;
            }
        }
        return false;
    }

    /**
     * Does nothing for an edge that the schema admits.
     *
     * @param source the payload of its source, null for none
     * @param target the payload of its target, null for none
     * @throws VelesException VELES-017 when no declared edge type has its label and connects its ends, and for a property of
     *     another type
     */
    public void checkEdge(Edge edge, @Nullable Obj source, @Nullable Obj target) {
        if (schemaless) {
            return;
        }
        String name = "edge " + Long.toUnsignedString(edge.id()) + " with the label '" + edge.label() + "'";
        boolean declared = false;
        for (EdgeType type : edgeTypes) {
            if (!type.name().equals(edge.label())) {
                continue;
            }
            declared = true;
            if (hasLabel(source, type.from()) && hasLabel(target, type.to())) {
                Obj properties = edge.properties();
                if (properties != null) {
                    checkProperties(name, type.properties(), properties);
                }
                return;
            }
        }
        if (!declared) {
            throw invalid(name + " is of no edge type of the collection: declare it in edge_types");
        }
        throw invalid(name + " goes from " + labelsOf(source) + " to " + labelsOf(target)
                + ": no edge type of this name connects such nodes");
    }

    private static void checkProperties(String what, Map<String, PropertyType> types, Obj values) {
        Map.Entry<String, PropertyType> type = misfit(types, values);
        Value value = type == null ? null : values.get(type.getKey());
        if (type != null && value != null) {
            throw invalid(what + " has " + Json.excerpt(value) + " as '" + type.getKey() + "': its type is "
                    + type.getValue().canonicalName());
        }
    }

    /** The first property whose value is of another type; null when there is none. */
    private static Map.@Nullable Entry<String, PropertyType> misfit(Map<String, PropertyType> types, Obj values) {
        for (Map.Entry<String, PropertyType> type : types.entrySet()) {
            Value value = values.get(type.getKey());
            if (value != null && !type.getValue().admits(value)) {
                return type;
            }
        }
        return null;
    }

    private @Nullable NodeType nodeType(String name) {
        for (NodeType type : nodeTypes) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    private String nodeTypeNames() {
        StringBuilder names = new StringBuilder();
        for (NodeType type : nodeTypes) {
            names.append(names.isEmpty() ? "" : ", ").append(type.name());
        }
        return names.toString();
    }

    private static boolean hasLabel(@Nullable Obj payload, String label) {
        if (payload != null && payload.get(LABELS) instanceof Arr labels) {
            for (Value each : labels) {
                if (each instanceof Value.Str name && name.text().equals(label)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String labelsOf(@Nullable Obj payload) {
        Value labels = payload == null ? null : payload.get(LABELS);
        return labels == null ? "a node without labels" : Json.excerpt(labels);
    }

    /**
     * The schema that a JSON value describes. {@code schemaless} may be left out: then types make it strict.
     *
     * @throws VelesException VELES-017 for anything else
     */
    public static GraphSchema parse(Value json) {
        return GraphSchemaJson.read(json);
    }

    /** The JSON form, which {@link #parse} reads. */
    public Obj toJson() {
        return GraphSchemaJson.write(this);
    }

    private static void checkName(String what, String name) {
        if (name.trim().isEmpty()) {
            throw invalid("the name of a " + what + " is blank: name it");
        }
        Value.of(name);
    }

    static VelesException invalid(String text) {
        return new VelesException(ErrorCode.SCHEMA_VALIDATION, text);
    }
}
