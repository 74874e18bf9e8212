package org.cranny.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.cranny.client.kit.Kit;
import org.cranny.client.machine.Machine;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "create", description = "Write a recovery kit of this machine, or replace an older one.")
final class KitCreateCommand implements Callable<Integer> {
    @ParentCommand
    private KitCommand kit;

    @Parameters(
            paramLabel = "FILE",
            description = "Where to write it. Keep it, and its passphrase, away from this machine.")
    private Path file;

    @Mixin
    private Passphrase passphrase;

    @Override
    public Integer call() throws IOException {
        Cranny cranny = kit.cranny();
        try (Machine machine = Machine.open(cranny.home())) {
            char[] secret = passphrase.chosen("the kit");
            Kit.Made made = Kit.create(machine, file, secret, new SecureRandom(), Clock.systemUTC());
            if (cranny.json()) {
                cranny.screen()
                        .line(JsonLine.of("kit")
                                .add("file", file.toString())
                                .add("made", made.made().toString())
                                .add("snapshots", made.snapshots())
                                .add(
                                        "newest",
                                        made.newest().map(Instant::toString).orElse(null))
                                .toString());
            }
            cranny.say(
                    "The kit is in " + file + " and knows " + Human.count(made.snapshots(), "snapshot")
                            + made.newest()
                                    .map(newest -> ", the newest of " + Human.time(newest, ZoneId.systemDefault()))
                                    .orElse("")
                            + ". Keep it away from this machine, and make a new one now and then: it does not know later backups.");
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
        return ExitCode.DONE.number();
    }
}
