package io.velesdb.index.column;

import io.velesdb.host.Cancellation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The points in one field of one generation of rows. Filled by whoever asks, one thread at a time, as {@link SortedIndex}
 * is; what is not covered yet is in doubt.
 */
final class GeoIndex {
    private static final int ROWS_BETWEEN_CHECKS = 256;

    private final AtomicReference<GeoPoints> current = new AtomicReference<>(GeoPoints.EMPTY);
    private final AtomicBoolean busy = new AtomicBoolean();

    GeoPoints current() {
        return current.get();
    }

    /** The points of the slots below {@code slots}, or of fewer while another thread takes in the rest. */
    GeoPoints upTo(int slots, Column column, ColumnValues values, Cancellation cancellation) {
        GeoPoints known = current.get();
        if (known.covered() >= slots || !busy.compareAndSet(false, true)) {
            return known;
        }
        try {
            known = current.get();
            if (known.covered() < slots) {
                known = extend(known, slots, column, values, cancellation);
                current.set(known);
            }
            return known;
        } finally {
            busy.set(false);
        }
    }

    private static GeoPoints extend(
            GeoPoints known, int slots, Column column, ColumnValues values, Cancellation cancellation) {
        List<GeoPoints.Point> points = new ArrayList<>();
        int[] inexact = new int[16];
        int odd = 0;
        for (int slot = known.covered(); slot < slots; slot++) {
            if (column.objects.contains(slot)
                    && values.read(slot) instanceof Obj object
                    && object.get("lat") instanceof Value.Num lat
                    && object.get("lng") instanceof Value.Num lng) {
                if (NumberKeys.DOUBLE.holds(lat) && NumberKeys.DOUBLE.holds(lng)) {
                    points.add(new GeoPoints.Point(slot, lat.doubleValue(), lng.doubleValue()));
                } else {
                    if (odd == inexact.length) {
                        inexact = Arrays.copyOf(inexact, 2 * odd);
                    }
                    inexact[odd++] = slot;
                }
            }
            if (slot % ROWS_BETWEEN_CHECKS == 0) {
                cancellation.check();
            }
        }
        return known.with(points, Arrays.copyOf(inexact, odd), slots);
    }
}
