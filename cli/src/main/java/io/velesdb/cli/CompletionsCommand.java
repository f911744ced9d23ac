package io.velesdb.cli;

import io.velesdb.value.Obj;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completions",
        description = {
            "Prints a script that completes commands and options.",
            "",
            "bash, zsh:  source <(velesdb completions bash)",
            "fish:       velesdb completions fish | source"
        })
final class CompletionsCommand implements Runnable {
    /** Shells that can be helped. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private Output output = new Output();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    @Override
    public void run() {
        CommandLine root = command.root().commandLine();
        String script = shell == Shell.FISH ? FishCompletion.script(root) : AutoComplete.bash("velesdb", root);
        if (output.json()) {
            output.json(Obj.of("shell", shell.name().toLowerCase(Locale.ROOT), "script", script));
        } else {
            output.out().print(script);
            output.out().flush();
        }
    }
}
