package io.velesdb.index.column;

import io.velesdb.filter.Filter;
import java.util.Arrays;
import java.util.List;

/**
 * Points in bands of equal latitude, within a band by longitude: a box is a search in each of its bands. Points that came
 * later stand unsorted behind. Immutable.
 */
final class GeoPoints {
    /** A point whose coordinates are doubles exactly. */
    record Point(int slot, double lat, double lng) {}

    static final GeoPoints EMPTY = new GeoPoints(0, new Point[0], new int[2], new Point[0], new int[0]);

    private static final int MOST_BANDS = 2_048;
    private static final int LEAST_RECENT = 1_024;
    private static final int RECENT_SHARE = 8;

    private final int covered;
    private final Point[] sorted;

    /** Where each band begins in {@link #sorted}, and the end. */
    private final int[] bands;

    private final Point[] recent;

    /** Whether a sorted point lies beyond a pole. */
    private final boolean beyondPoles;

    /** Slots of points with coordinates that no double equals, ascending. */
    private final int[] inexact;

    private GeoPoints(int covered, Point[] sorted, int[] bands, Point[] recent, int[] inexact) {
        this.covered = covered;
        this.sorted = sorted;
        this.bands = bands;
        this.recent = recent;
        this.inexact = inexact;
        boolean beyond = false;
        for (Point point : sorted) {
            beyond |= Math.abs(point.lat) > 90;
        }
        beyondPoles = beyond;
    }

    int covered() {
        return covered;
    }

    int size() {
        return sorted.length + recent.length + inexact.length;
    }

    long memoryBytes() {
        return 36L * size() + 4L * bands.length;
    }

    /** These and more, which cover the slots from {@link #covered} to {@code slots}. */
    GeoPoints with(List<Point> added, int[] addedInexact, int slots) {
        int[] odd = Arrays.copyOf(inexact, inexact.length + addedInexact.length);
        System.arraycopy(addedInexact, 0, odd, inexact.length, addedInexact.length);
        Point[] more = Arrays.copyOf(recent, recent.length + added.size());
        for (int i = 0; i < added.size(); i++) {
            more[recent.length + i] = added.get(i);
        }
        if (more.length <= Math.max(LEAST_RECENT, sorted.length / RECENT_SHARE)) {
            return new GeoPoints(slots, sorted, bands, more, odd);
        }
        Point[] all = Arrays.copyOf(sorted, sorted.length + more.length);
        System.arraycopy(more, 0, all, sorted.length, more.length);
        int count = (int) Math.max(1, Math.min(MOST_BANDS, Math.sqrt(all.length)));
        Arrays.sort(all, (a, b) -> {
            int byBand = Integer.compare(band(a.lat, count), band(b.lat, count));
            int byLng = byBand != 0 ? byBand : Double.compare(a.lng, b.lng);
            return byLng != 0 ? byLng : Integer.compare(a.slot, b.slot);
        });
        int[] starts = new int[count + 1];
        int at = 0;
        for (int band = 0; band < count; band++) {
            starts[band] = at;
            while (at < all.length && band(all[at].lat, count) == band) {
                at++;
            }
        }
        starts[count] = all.length;
        return new GeoPoints(slots, all, starts, new Point[0], odd);
    }

    /** Latitudes beyond the poles are in the first and the last band. */
    private static int band(double lat, int count) {
        double band = (lat + 90) / 180 * count;
        return (int) Math.max(0, Math.min(count - 1, Math.floor(band)));
    }

    /** Sets the bits of the slots below {@code limit} for which the box holds; those in doubt are {@link #inexact}. */
    void addTo(long[] words, int limit, Filter.GeoBox box) {
        for (int band = band(box.latMin(), count()), last = band(box.latMax(), count()); band <= last; band++) {
            for (int i = firstAt(band, box.lngMin()); i < bands[band + 1] && sorted[i].lng <= box.lngMax(); i++) {
                if (box.holds(sorted[i].lat, sorted[i].lng)) {
                    set(words, limit, sorted[i].slot);
                }
            }
        }
        for (Point point : recent) {
            if (box.holds(point.lat, point.lng)) {
                set(words, limit, point.slot);
            }
        }
    }

    /** As {@link #addTo(long[], int, Filter.GeoBox)}. */
    void addTo(long[] words, int limit, Filter.GeoDistance circle) {
        double[] box = GeoBounds.box(circle);
        if (box.length == 0) {
            for (Point point : sorted) {
                test(words, limit, circle, point);
            }
        } else {
            // the first and the last band also have the points beyond the poles, which a distance takes round the globe
            int first = band(box[0], count());
            int last = band(box[1], count());
            for (int band = 0; band < count(); band++) {
                boolean edge = beyondPoles && (band == 0 || band == count() - 1);
                if (edge || band >= first && band <= last) {
                    addBand(words, limit, circle, band, edge ? -180 : box[2], edge ? 180 : box[3]);
                }
            }
        }
        for (Point point : recent) {
            test(words, limit, circle, point);
        }
    }

    /** Points between two meridians, and those beyond 180 degrees, which are at the ends of a band. */
    private void addBand(long[] words, int limit, Filter.GeoDistance circle, int band, double west, double east) {
        int end = bands[band + 1];
        for (int i = bands[band]; i < end && sorted[i].lng < -180; i++) {
            test(words, limit, circle, sorted[i]);
        }
        for (int i = firstAt(band, Math.max(-180, west)); i < end && sorted[i].lng <= Math.min(180, east); i++) {
            test(words, limit, circle, sorted[i]);
        }
        for (int i = end - 1; i >= bands[band] && sorted[i].lng > 180; i--) {
            test(words, limit, circle, sorted[i]);
        }
    }

    private static void test(long[] words, int limit, Filter.GeoDistance circle, Point point) {
        if (circle.holds(point.lat, point.lng)) {
            set(words, limit, point.slot);
        }
    }

    /** Sets the bits of the slots below {@code limit} that only their payloads can tell about. */
    void addInexactTo(long[] words, int limit) {
        for (int slot : inexact) {
            set(words, limit, slot);
        }
    }

    boolean hasInexact() {
        return inexact.length > 0;
    }

    private static void set(long[] words, int limit, int slot) {
        if (slot < limit) {
            words[slot >>> 6] |= 1L << slot;
        }
    }

    private int count() {
        return bands.length - 1;
    }

    /** The first place of a band whose longitude is not below {@code lng}. */
    private int firstAt(int band, double lng) {
        int low = bands[band];
        int high = bands[band + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle].lng < lng) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** About the points that must be looked at. */
    long candidates(Filter.Leaf leaf) {
        double[] box = switch (leaf) {
            case Filter.GeoBox f -> new double[] {f.latMin(), f.latMax(), f.lngMin(), f.lngMax()};
            case Filter.GeoDistance f -> GeoBounds.box(f);
            default -> new double[0];
        };
        if (box.length == 0 || box[0] > box[1]) {
            return size();
        }
        long sum = (long) recent.length + inexact.length;
        for (int band = band(box[0], count()), last = band(box[1], count()); band <= last; band++) {
            sum += Math.max(0, firstAt(band, box[3]) - firstAt(band, box[2]));
        }
        return sum;
    }
}
