package io.velesdb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.Direction;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Readers beside a writer: every view that was published holds together, whatever the writer does meanwhile. */
class ConcurrentGraphTest {
    private static final int NODES = 400;
    private static final int ROUNDS = 600;

    private final EdgeStore store = new EdgeStore();
    private volatile GraphView published = store.view();
    private volatile boolean done;

    @Test
    void everyPublishedViewHoldsTogether() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> readers = List.of(threads.submit(this::read), threads.submit(this::read));
            try {
                write();
            } finally {
                done = true;
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private void write() {
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 60; i++) {
                // new nodes keep coming, and node 0 is a hub
                long source = random.nextInt(3) == 0 ? 0 : random.nextInt(NODES) + round;
                long target = random.nextInt(NODES) + round;
                long id = random.nextInt(3_000);
                if (random.nextInt(3) == 0) {
                    store.remove(id);
                } else if (!store.contains(id)) {
                    store.put(id, source, target, "L" + random.nextInt(5), null);
                }
            }
            if (random.nextInt(40) == 0) {
                store.removeNode(0);
            }
            published = store.publish();
        }
    }

    private int read() {
        int views = 0;
        while (!done) {
            check(published);
            views++;
        }
        check(published);
        return views + 1;
    }

    private static void check(GraphView view) {
        int outgoing = 0;
        int incoming = 0;
        Neighbors out = view.neighbors(Direction.OUT, LabelSet.ALL);
        Neighbors in = view.neighbors(Direction.IN, LabelSet.ALL);
        for (int node = 0; node < view.nodeBound(); node++) {
            assertThat(view.node(view.nodeId(node))).isEqualTo(node);
            for (out.start(node); out.next(); outgoing++) {
                assertThat(view.source(out.edge())).isEqualTo(node);
                assertThat(view.target(out.edge())).isEqualTo(out.node());
                assertThat(view.edgeNumber(view.edgeId(out.edge()))).isEqualTo(out.edge());
            }
            for (in.start(node); in.next(); incoming++) {
                assertThat(view.target(in.edge())).isEqualTo(node);
            }
        }
        assertThat(outgoing).isEqualTo(view.edgeCount());
        assertThat(incoming).isEqualTo(view.edgeCount());
        int labelled = 0;
        for (String label : view.labelNames()) {
            LabelSet one = view.labels(List.of(label));
            int counted = 0;
            for (EdgeCursor edges = view.edges(one); edges.next(); counted++) {
                assertThat(view.label(edges.edge())).isEqualTo(label);
            }
            assertThat(counted).isEqualTo(view.edgeCount(one));
            labelled += counted;
        }
        assertThat(labelled).isEqualTo(view.edgeCount());
    }
}
