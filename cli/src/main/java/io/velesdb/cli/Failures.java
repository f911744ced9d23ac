package io.velesdb.cli;

import io.velesdb.ErrorCode;
import io.velesdb.cli.console.ClosedOutput;
import io.velesdb.cli.console.Complaint;
import io.velesdb.cli.console.Display;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.utils.Levenshtein;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Shows what went wrong, in one line, and gives the exit status. */
final class Failures {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** What a shell reports of a program that wrote to a pipe that nobody reads: 128 and the number of SIGPIPE. */
    static final int OUTPUT_CLOSED = 141;

    private static final int MOST_MISTYPED = 2;

    private Failures() {}

    static int wrongUsage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("[" + ErrorCode.QUERY.text() + "] " + Display.plain(message(problem)));
        if (isMissingSubcommand(problem)) {
            err.println();
            command.usage(err, command.getColorScheme());
            return WRONG_USAGE;
        }
        if (!UnmatchedArgumentException.printSuggestions(problem, err)) {
            String name = command.getCommandSpec().qualifiedName(" ");
            err.println("See: " + VelesCommand.called() + name.substring("velesdb".length()) + " --help");
        }
        return WRONG_USAGE;
    }

    private static String message(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched
                && unmatched.getUnmatched().getFirst().matches("--?[A-Za-z].*")) {
            return noOption(
                    unmatched.getUnmatched().getFirst(),
                    problem.getCommandLine().getCommandSpec().optionsMap().keySet());
        }
        String wrongValue = wrongValue(problem);
        return wrongValue == null ? String.valueOf(problem.getMessage()) : wrongValue;
    }

    private static String noOption(String argument, Set<String> options) {
        String wrong = argument.replaceFirst("=.*", "");
        String said = "there is no option '" + wrong + "'";
        return options.stream()
                .filter(option -> option.startsWith("--"))
                .min(Comparator.comparingInt(option -> Levenshtein.distance(wrong, option)))
                .filter(option -> Levenshtein.distance(wrong, option) <= MOST_MISTYPED)
                .map(option -> said + ", did you mean " + option + "?")
                .orElse(said);
    }

    /** A value that is not of its option's type, in our words: picocli's speak of the types of Java. */
    private static @Nullable String wrongValue(ParameterException problem) {
        ArgSpec argument = problem.getArgSpec();
        // its other problems are subclasses or concern no value
        if (problem.getClass() != ParameterException.class || argument == null || problem.getValue() == null) {
            return null;
        }
        String wanted = wanted(argument.typeInfo().getType(), problem.getValue());
        if (wanted == null) {
            return null;
        }
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return name + " is '" + problem.getValue() + "': use " + wanted;
    }

    private static @Nullable String wanted(Class<?> type, String found) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))
                    .replaceFirst(", ([^,]*)$", " or $1");
        }
        boolean isLarge = found.matches("[-+]?[0-9]{10,}");
        return switch (type.getSimpleName()) {
            case "int", "Integer" -> isLarge ? "a whole number up to " + Integer.MAX_VALUE : "a whole number";
            case "long", "Long" -> isLarge ? "a whole number up to " + Long.MAX_VALUE : "a whole number";
            case "float", "Float", "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            default -> null;
        };
    }

    /** Whoever types the name of a group of commands alone wants to know what there is. */
    private static boolean isMissingSubcommand(ParameterException problem) {
        // picocli has no class of its own for it, and its other problems are all subclasses or concern an argument
        return problem.getClass() == ParameterException.class
                && problem.getArgSpec() == null
                && !problem.getCommandLine().getSubcommands().isEmpty();
    }

    static int failed(Exception problem, CommandLine command, ParseResult arguments) {
        if (problem instanceof ClosedOutput || problem.getCause() instanceof ClosedOutput) {
            return OUTPUT_CLOSED;
        }
        Complaint.print(problem, command.getErr());
        return FAILED;
    }
}
