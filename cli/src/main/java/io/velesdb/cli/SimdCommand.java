package io.velesdb.cli;

import io.velesdb.embedded.vector.KernelReport;
import io.velesdb.value.Obj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "simd",
        description = "Shows which instructions searches use here.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = SimdCommand.Kernels.class)
final class SimdCommand {
    @Command(
            name = "info",
            description = {
                "Shows which instructions searches use here.",
                "",
                "All of them give the same answers, bit for bit; they differ in speed."
            })
    static final class Kernels implements Runnable {
        @Mixin
        private Output output = new Output();

        @Override
        public void run() {
            KernelReport report = KernelReport.ofThisProcess();
            output.fields(Obj.of(
                    "architecture", System.getProperty("os.arch"),
                    "processors", Runtime.getRuntime().availableProcessors(),
                    "vector_api", report.vectorApi(),
                    "register_bits", report.registerBits(),
                    "float_kernels", report.floatKernels(),
                    "code_kernels", report.codeKernels()));
        }
    }
}
