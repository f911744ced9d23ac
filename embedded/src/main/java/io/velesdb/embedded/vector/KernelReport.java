package io.velesdb.embedded.vector;

/**
 * Which kernels score vectors in this process. All give the same bits; they differ in speed only.
 *
 * @param vectorApi whether the JVM was started with {@code --add-modules jdk.incubator.vector}
 * @param registerBits width of the registers that the JVM prefers; 0 without the Vector API
 * @param floatKernels what scores exact vectors
 * @param codeKernels what estimates distances from codes
 */
public record KernelReport(boolean vectorApi, int registerBits, String floatKernels, String codeKernels) {
    /** What this process uses. */
    public static KernelReport ofThisProcess() {
        boolean api = VectorApi.PRESENT;
        int floats = api ? VectorApi.preferredFloats() : 0;
        String floatKernels = switch (floats) {
            case 0 -> "scalar";
            case 16 -> "Vector API, 512 bits, four rows per pass";
            case 8 -> "Vector API, 256 bits";
            default -> "Vector API, 128 bits";
        };
        return new KernelReport(
                api, floats * Float.SIZE, floatKernels, floats >= 16 ? "Vector API, 512 bits" : "scalar bit counts");
    }
}
