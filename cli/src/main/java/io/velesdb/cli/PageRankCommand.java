package io.velesdb.cli;

import io.velesdb.Collection;
import io.velesdb.Database;
import io.velesdb.NodeRank;
import io.velesdb.value.Arr;
import io.velesdb.value.Ids;
import io.velesdb.value.Obj;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "pagerank", description = "Lists the points that edges lead to most, by PageRank.")
final class PageRankCommand implements Runnable {
    @Mixin
    private Output output = new Output();

    @Mixin
    private CollectionCommand.Target target = new CollectionCommand.Target();

    @Option(
            names = {"-k", "--limit"},
            paramLabel = "N",
            description = "Points to list (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int limit;

    @Override
    public void run() {
        try (Database database = Folder.open(target.path, output)) {
            Collection collection = database.collection(target.name);
            // A stable sort: equal ranks stay in ascending order of ids.
            List<Obj> best = collection.pageRank().stream()
                    .sorted(Comparator.comparingDouble(NodeRank::rank).reversed())
                    .limit(Math.max(0, limit))
                    .map(node -> Obj.of(
                            "rank",
                            node.rank(),
                            "id",
                            Ids.toValue(node.id()),
                            "payload",
                            Found.payload(collection, node.id())))
                    .toList();
            if (output.json()) {
                output.json(Arr.of(best));
            } else {
                output.table(best.stream().map(Found::flat).toList(), "There are no points.");
            }
        }
    }
}
