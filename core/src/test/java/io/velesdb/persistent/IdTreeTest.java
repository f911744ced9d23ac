package io.velesdb.persistent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTreeTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behavesLikeASortedMapOfUnsignedIds_andPublishedTreesNeverChange(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Integer> model = new TreeMap<>(Long::compareUnsigned);
        IdTree tree = IdTree.EMPTY;
        List<IdTree> published = new ArrayList<>();
        List<TreeMap<Long, Integer>> models = new ArrayList<>();
        boolean ascending = seed % 2 == 0;
        long next = 0;
        for (int round = 0; round < 60; round++) {
            IdTree.Editor editor = tree.edit();
            for (int i = random.nextInt(400); i > 0; i--) {
                long id = random.nextInt(4) == 0 && !model.isEmpty()
                        ? anyOf(model, random)
                        : ascending ? next++ : random.nextLong();
                if (random.nextInt(3) == 0) {
                    Integer before = model.remove(id);
                    assertThat(editor.remove(id)).as("seed %d", seed).isEqualTo(before == null ? -1 : before);
                } else {
                    int slot = random.nextInt(1 << 20);
                    Integer before = model.put(id, slot);
                    assertThat(editor.put(id, slot)).as("seed %d", seed).isEqualTo(before == null ? -1 : before);
                }
            }
            tree = editor.tree();
            published.add(tree);
            models.add(new TreeMap<>(model));
        }
        for (int i = 0; i < published.size(); i += 7) {
            assertSame(seed, published.get(i), models.get(i), random);
        }
        assertSame(seed, tree, model, random);
    }

    @Test
    void deletingEverythingLeavesAnEmptyTreeThatGrowsAgain() {
        IdTree.Editor editor = IdTree.EMPTY.edit();
        for (int i = 0; i < 10_000; i++) {
            editor.put(i, i);
        }
        for (int i = 0; i < 10_000; i++) {
            assertThat(editor.remove(i)).isEqualTo(i);
        }
        IdTree empty = editor.tree();
        assertThat(empty.size()).isZero();
        assertThat(empty.first().next()).isFalse();
        assertThat(empty.from(5, true).next()).isFalse();
        editor = empty.edit();
        editor.put(-1L, 7);
        assertThat(editor.tree().get(-1L)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 47, 48, 49, 64, 1_000, 100_000})
    void bulkLoadedTreeHoldsWhatItWasGiven(int count) {
        long[] ids = new long[count];
        int[] slots = new int[count];
        TreeMap<Long, Integer> model = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < count; i++) {
            ids[i] = i * 3L;
            slots[i] = count - i;
            model.put(ids[i], slots[i]);
        }
        assertSame(0, IdTree.ofSorted(ids, slots, count), model, new Random(count));
    }

    private static void assertSame(long seed, IdTree tree, TreeMap<Long, Integer> model, Random random) {
        assertThat(tree.size()).as("seed %d", seed).isEqualTo(model.size());
        IdTree.Cursor cursor = tree.first();
        for (Map.Entry<Long, Integer> entry : model.entrySet()) {
            assertThat(cursor.next()).as("seed %d", seed).isTrue();
            assertThat(cursor.id()).isEqualTo(entry.getKey());
            assertThat(cursor.slot()).isEqualTo(entry.getValue());
            assertThat(tree.get(entry.getKey())).isEqualTo(entry.getValue());
        }
        assertThat(cursor.next()).isFalse();
        for (int i = 0; i < 50; i++) {
            long from = random.nextBoolean() || model.isEmpty() ? random.nextLong() : anyOf(model, random);
            boolean exclusive = random.nextBoolean();
            Map.Entry<Long, Integer> expected = exclusive ? model.higherEntry(from) : model.ceilingEntry(from);
            IdTree.Cursor at = tree.from(from, exclusive);
            assertThat(at.next()).as("seed %d from %d", seed, from).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(at.id()).isEqualTo(expected.getKey());
            }
        }
    }

    private static long anyOf(TreeMap<Long, Integer> model, Random random) {
        Long found = model.ceilingKey(random.nextLong());
        return found == null ? model.firstKey() : found;
    }
}
