package io.velesdb.vector.quantize;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.vector.CodeLayout;
import io.velesdb.vector.Metric;
import io.velesdb.vector.QueryCode;
import io.velesdb.vector.Reduction;
import io.velesdb.vector.TwoBitQuantizer;
import org.jspecify.annotations.Nullable;

/**
 * Product quantization (J&eacute;gou, Douze &amp; Schmid, PAMI 2011): a point is cut into m parts, each replaced by the
 * number of the nearest of k centroids; optionally the point is rotated first so that the parts carry alike much (OPQ: Ge
 * et al., CVPR 2013). A query is not quantised: its distances to all centroids make a {@link QueryTable}.
 *
 * <p>All parts have dimension / m components; the last takes the extra component of the dot reduction as well.
 */
final class ProductCodec extends Codec {
    /** How much what rows lose differs between them, of its mean: about a fifth of half of it. */
    private static final float VARIED = 0.1f;

    private final int parts;
    private final int centroids;
    private final float[] book;
    private final float @Nullable [] matrix;
    private final float residual;
    private final TwoBitQuantizer points;

    /**
     * @param book component j of centroid c of the part that j lies in, at {@code j * centroids + c}
     * @param matrix row-major, {@code length * length}; null for none
     * @param residual the mean squared distance of a point to its centroids
     */
    ProductCodec(
            CodeHost host,
            Reduction reduction,
            int parts,
            int centroids,
            float[] book,
            float @Nullable [] matrix,
            float residual) {
        super(host, reduction);
        this.parts = parts;
        this.centroids = centroids;
        this.book = book;
        this.matrix = matrix;
        this.residual = residual;
        points = host.points(reduction, null);
    }

    /** @throws io.velesdb.VelesException VELES-006 for what {@link #write} did not write */
    static ProductCodec read(CodeHost host, BinaryReader in, Metric metric, int dimension) {
        int parts = in.readVarInt();
        int centroids = in.readVarInt();
        if (parts < 1 || parts > dimension || dimension % parts != 0 || centroids < 1 || centroids > QueryTable.BLOCK) {
            throw in.damaged(parts + " parts, " + centroids + " centroids for dimension " + dimension);
        }
        float residual = in.readFloat();
        boolean rotated = in.readBoolean();
        Reduction reduction = Reduction.read(in, metric, dimension);
        int length = reduction.length();
        float[] book = in.readFloats(length * centroids);
        if (rotated && (long) length * length * Float.BYTES > in.remaining()) {
            throw in.damaged("a rotation of " + length + " components announced");
        }
        float[] matrix = rotated ? in.readFloats(length * length) : null;
        return new ProductCodec(host, reduction, parts, centroids, book, matrix, residual);
    }

    @Override
    void write(BinaryWriter out) {
        out.writeVarInt(parts).writeVarInt(centroids).writeFloat(residual).writeBoolean(matrix != null);
        reduction.write(out);
        out.writeFloats(book, 0, book.length);
        if (matrix != null) {
            out.writeFloats(matrix, 0, matrix.length);
        }
    }

    /** The first component of a part; of the part behind the last, the length. */
    static int start(int part, int parts, int dimension, int length) {
        return part == parts ? length : part * (dimension / parts);
    }

    private int start(int part) {
        return start(part, parts, reduction.dimension(), reduction.length());
    }

    @Override
    int stride() {
        int words = (parts + 7) >> 3;
        return words <= 2 ? words : (words + 3) & -4;
    }

    @Override
    Encoder newEncoder() {
        return new Rows();
    }

    @Override
    Query newQuery() {
        return new Estimate(this);
    }

    /** Multiplies a point with a matrix: {@code out[j] = sum over i of p[i] * matrix[i * n + j]}, i ascending. */
    static void rotate(float[] p, float[] matrix, int n, float[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = 0f;
        }
        for (int i = 0; i < n; i++) {
            float x = p[i];
            int at = i * n;
            for (int j = 0; j < n; j++) {
                out[j] += x * matrix[at + j];
            }
        }
    }

    private float[] rotated(float[] point, float[] room) {
        if (matrix == null) {
            return point;
        }
        rotate(point, matrix, reduction.length(), room);
        return room;
    }

    /** The squared distances of the part of a point to all its centroids; returns the least. */
    private float distances(float[] point, int part, float[] out) {
        return host.distances(point, 0, start(part), start(part + 1), book, centroids, out);
    }

    /** Encodes rows. */
    private final class Rows extends Encoder {
        private final QueryCode scratch = new QueryCode(CodeLayout.of(reduction.length()));
        private final float[] room = new float[reduction.length()];
        private final float[] distances = new float[centroids];

        @Override
        void encode(float[] vector, long[] row) {
            points.rowPoint(vector, 0, squaredNorm(vector, scratch.lanes), scratch.point);
            float[] point = rotated(scratch.point, room);
            for (int w = 0; w < row.length; w++) {
                row[w] = 0;
            }
            for (int part = 0; part < parts; part++) {
                int nearest = Centroids.nearest(distances, centroids, distances(point, part, distances));
                row[part >> 3] |= (long) nearest << (part & 7) * 8;
            }
        }
    }

    /** Estimates distances. */
    private static final class Estimate extends Query {
        private final ProductCodec codec;
        private final QueryCode scratch;
        private final float[] room;
        private final float[] distances;
        private final float[] all;
        private final float[] least;
        private final QueryTable table;
        private final TableKernel kernel;
        private float squared;

        Estimate(ProductCodec codec) {
            super(codec);
            this.codec = codec;
            scratch = new QueryCode(CodeLayout.of(codec.reduction.length()));
            room = new float[codec.reduction.length()];
            distances = new float[codec.centroids];
            all = new float[codec.parts * codec.centroids];
            least = new float[codec.parts];
            table = new QueryTable(codec.parts);
            kernel = codec.host.tables(codec.parts);
        }

        @Override
        void prepare(float[] vector, float squaredNorm) {
            codec.points.queryPoint(vector, 0, squaredNorm, scratch.point);
            fill();
        }

        @Override
        void prepareRow(float[] vector, float squaredNorm) {
            codec.points.rowPoint(vector, 0, squaredNorm, scratch.point);
            fill();
        }

        /** The distances of all parts, each less the smallest of its part, on one scale of 256 steps. */
        private void fill() {
            squared = squared(scratch);
            float[] point = codec.rotated(scratch.point, room);
            int k = codec.centroids;
            float sum = 0f;
            float range = 0f;
            for (int part = 0; part < codec.parts; part++) {
                least[part] = codec.distances(point, part, distances);
                System.arraycopy(distances, 0, all, part * k, k);
                sum += least[part];
                range = Math.max(range, codec.host.greatest(distances, 0, k) - least[part]);
            }
            table.base = 0.5f * sum;
            table.step = 0.5f * range / 255f;
            float scale = range > 0f ? 255f / range : 0f;
            for (int part = 0; part < codec.parts; part++) {
                codec.host.quantise(all, part * k, k, least[part], scale, table.entries, part * QueryTable.BLOCK);
            }
            kernel.query(table);
        }

        @Override
        void score(CodeRows.View codes, int[] slots, int count, float[] out) {
            kernel.score(codes, slots, count, out);
        }

        /** What a row's residual does in the direction of the query, and that some rows lose more than others. */
        @Override
        float deviation() {
            float varied = VARIED * codec.residual;
            return (float) Math.sqrt(squared * codec.residual / codec.reduction.length() + varied * varied);
        }

        @Override
        float noise() {
            return squared > 0f ? (float) Math.sqrt(codec.residual / squared) / TWO_BITS : 1f;
        }

        /** What the row lost. */
        @Override
        float bias() {
            return 0.5f * codec.residual;
        }

        @Override
        float estimateOf(float key) {
            return super.estimateOf(key) + bias();
        }
    }
}
