package org.cranny.client.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "completion",
        description = {
            "Print what makes a shell complete commands and options of cranny.",
            "bash: cranny completion bash > ~/.local/share/bash-completion/completions/cranny",
            "zsh: cranny completion zsh > ~/.cranny.zsh, and 'source ~/.cranny.zsh' in ~/.zshrc",
            "fish: cranny completion fish > ~/.config/fish/completions/cranny.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Parameters(index = "0", paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    /** Shells that can be told. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        /** As people type it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        CommandLine all = Commands.all(cranny.screen());
        String script =
                switch (shell) {
                    case BASH, ZSH -> AutoComplete.bash("cranny", all);
                    case FISH -> FishCompletion.of(all);
                };
        cranny.screen().out().print(script);
        return ExitCode.DONE.number();
    }
}
