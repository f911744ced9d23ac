package io.velesdb.cli;

import io.velesdb.Database;
import io.velesdb.NodeComponent;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "components",
        description = "Lists the parts of a graph that no edge connects, the largest first, with their points.")
final class ComponentsCommand implements Runnable {
    private static final int SHOWN = 8;

    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "Components to list (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private int limit;

    @Override
    public void run() {
        try (Database database = Folder.open(target.path, output)) {
            // Both in the order of unsigned ids: the engine lists points by ascending id.
            Map<Long, List<Long>> members = database.collection(target.name).connectedComponents().stream()
                    .collect(Collectors.groupingBy(
                            NodeComponent::component,
                            () -> new TreeMap<>(Long::compareUnsigned),
                            Collectors.mapping(NodeComponent::id, Collectors.toList())));
            List<Map.Entry<Long, List<Long>>> largest = members.entrySet().stream()
                    .sorted(Comparator.comparingInt(part -> -part.getValue().size()))
                    .limit(Math.max(0, limit))
                    .toList();
            if (output.json()) {
                output.json(Obj.of(
                        "count",
                        members.size(),
                        "components",
                        Arr.of(largest.stream()
                                .map(part -> row(part, part.getValue().size()))
                                .toList())));
                return;
            }
            output.table(largest.stream().map(part -> row(part, SHOWN)).toList(), "There are no points.");
            output.err().printf("%n%d components%n", members.size());
        }
    }

    private static Obj row(Map.Entry<Long, List<Long>> part, int most) {
        List<Long> nodes = part.getValue();
        return Obj.of(
                "component",
                Ids.toValue(part.getKey()),
                "size",
                nodes.size(),
                "nodes",
                Arr.of(nodes.stream().limit(most).map(Ids::toValue).toList()));
    }
}
