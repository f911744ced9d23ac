package io.velesdb.vector.quantize;

/**
 * The rotation of OPQ in closed form (Ge, He, Ke &amp; Sun, CVPR 2013, section 3.2): principal axes of the points, dealt out
 * to the parts so that the products of the variances are balanced; then all parts need alike many bits. The axes come from
 * a Householder tridiagonalisation and implicit QL steps (Wilkinson &amp; Reinsch 1971), in doubles and one fixed order.
 */
final class PrincipalAxes {
    private static final int MOST_STEPS = 60;

    /** The base of exponents that keep products of variances within the doubles. */
    private static final double LARGE = 0x1p64;

    private PrincipalAxes() {}

    /**
     * A row-major {@code n * n} matrix for {@link ProductCodec#rotate}.
     *
     * @param points {@code count} points of {@code n} components, about centred
     * @param starts the first component of each part, and n
     */
    static float[] balanced(float[] points, int count, int n, int[] starts) {
        double[][] axes = covariance(points, count, n);
        double[] variances = new double[n];
        decompose(axes, variances);
        int[] order = descending(variances);
        int parts = starts.length - 1;
        // a product of variances as mantissa and exponent, so that any number of factors fits
        double[] mantissa = new double[parts];
        int[] exponent = new int[parts];
        int[] filled = new int[parts];
        for (int p = 0; p < parts; p++) {
            mantissa[p] = 1;
        }
        double unit = Math.max(variances[order[n / 2]], Double.MIN_NORMAL);
        float[] matrix = new float[n * n];
        for (int axis : order) {
            int least = -1;
            for (int p = 0; p < parts; p++) {
                if (filled[p] < starts[p + 1] - starts[p]
                        && (least < 0
                                || exponent[p] < exponent[least]
                                || exponent[p] == exponent[least] && mantissa[p] < mantissa[least])) {
                    least = p;
                }
            }
            int column = starts[least] + filled[least]++;
            for (int i = 0; i < n; i++) {
                matrix[i * n + column] = (float) axes[i][axis];
            }
            double product = mantissa[least] * Math.max(variances[axis] / unit, 0x1p-60);
            while (product >= LARGE) {
                product /= LARGE;
                exponent[least]++;
            }
            while (product < 1 / LARGE) {
                product *= LARGE;
                exponent[least]--;
            }
            mantissa[least] = product;
        }
        return matrix;
    }

    private static double[][] covariance(float[] points, int count, int n) {
        double[][] sums = new double[n][n];
        for (int r = 0; r < count; r++) {
            int at = r * n;
            for (int i = 0; i < n; i++) {
                double x = points[at + i];
                double[] row = sums[i];
                for (int j = 0; j <= i; j++) {
                    row[j] += x * points[at + j];
                }
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                sums[i][j] /= count;
                sums[j][i] = sums[i][j];
            }
        }
        return sums;
    }

    /** Largest first; of equal ones the first. */
    private static int[] descending(double[] values) {
        int n = values.length;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int at = i;
            while (at > 0 && values[order[at - 1]] < values[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        return order;
    }

    /** Turns a symmetric matrix into its orthonormal eigenvectors, as columns, and their eigenvalues. */
    static void decompose(double[][] a, double[] values) {
        int n = values.length;
        double[] beside = new double[n];
        tridiagonalise(a, values, beside);
        diagonalise(a, values, beside);
    }

    /** Householder: a becomes the orthogonal matrix of the transformation. */
    private static void tridiagonalise(double[][] a, double[] diagonal, double[] beside) {
        int n = diagonal.length;
        for (int i = n - 1; i > 0; i--) {
            double[] v = a[i];
            double scale = 0;
            for (int k = 0; k < i; k++) {
                scale += Math.abs(v[k]);
            }
            if (i == 1 || scale == 0) {
                beside[i] = v[i - 1];
                diagonal[i] = 0;
                continue;
            }
            double h = 0;
            for (int k = 0; k < i; k++) {
                v[k] /= scale;
                h += v[k] * v[k];
            }
            double f = v[i - 1];
            double g = f > 0 ? 0 - Math.sqrt(h) : Math.sqrt(h);
            beside[i] = scale * g;
            h -= f * g;
            v[i - 1] = f - g;
            double inner = 0;
            for (int j = 0; j < i; j++) {
                a[j][i] = v[j] / h;
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += a[j][k] * v[k];
                }
                for (int k = j + 1; k < i; k++) {
                    sum += a[k][j] * v[k];
                }
                beside[j] = sum / h;
                inner += beside[j] * v[j];
            }
            double half = inner / (h + h);
            for (int j = 0; j < i; j++) {
                double x = v[j];
                double y = beside[j] - half * x;
                beside[j] = y;
                double[] row = a[j];
                for (int k = 0; k <= j; k++) {
                    row[k] -= x * beside[k] + y * v[k];
                }
            }
            diagonal[i] = h;
        }
        diagonal[0] = 0;
        beside[0] = 0;
        for (int i = 0; i < n; i++) {
            if (diagonal[i] != 0) {
                double[] sums = new double[i];
                for (int k = 0; k < i; k++) {
                    double x = a[i][k];
                    for (int j = 0; j < i; j++) {
                        sums[j] += x * a[k][j];
                    }
                }
                for (int k = 0; k < i; k++) {
                    double x = a[k][i];
                    for (int j = 0; j < i; j++) {
                        a[k][j] -= sums[j] * x;
                    }
                }
            }
            diagonal[i] = a[i][i];
            a[i][i] = 1;
            for (int j = 0; j < i; j++) {
                a[j][i] = 0;
                a[i][j] = 0;
            }
        }
    }

    /** Implicit QL: the columns of z become the eigenvectors. */
    private static void diagonalise(double[][] z, double[] d, double[] e) {
        int n = d.length;
        for (int i = 1; i < n; i++) {
            e[i - 1] = e[i];
        }
        e[n - 1] = 0;
        for (int l = 0; l < n; l++) {
            for (int step = 0; step < MOST_STEPS; step++) {
                int m = l;
                while (m < n - 1) {
                    double around = Math.abs(d[m]) + Math.abs(d[m + 1]);
                    if (Math.abs(e[m]) <= 0x1p-53 * around) {
                        break;
                    }
                    m++;
                }
                if (m == l) {
                    break;
                }
                double g = (d[l + 1] - d[l]) / (2 * e[l]);
                double r = Math.sqrt(g * g + 1);
                g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : 0 - r));
                double s = 1;
                double c = 1;
                double p = 0;
                int i = m - 1;
                for (; i >= l; i--) {
                    double f = s * e[i];
                    double b = c * e[i];
                    r = Math.sqrt(f * f + g * g);
                    e[i + 1] = r;
                    if (r == 0) {
                        d[i + 1] -= p;
                        e[m] = 0;
                        break;
                    }
                    s = f / r;
                    c = g / r;
                    g = d[i + 1] - p;
                    r = (d[i] - g) * s + 2 * c * b;
                    p = s * r;
                    d[i + 1] = g + p;
                    g = c * r - b;
                    for (int k = 0; k < n; k++) {
                        double[] row = z[k];
                        double x = row[i + 1];
                        row[i + 1] = s * row[i] + c * x;
                        row[i] = c * row[i] - s * x;
                    }
                }
                if (r == 0 && i >= l) {
                    continue;
                }
                d[l] -= p;
                e[l] = g;
                e[m] = 0;
            }
        }
    }
}
