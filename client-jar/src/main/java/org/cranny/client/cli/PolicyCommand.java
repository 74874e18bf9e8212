package org.cranny.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cranny.client.central.PolicyText;
import org.cranny.client.machine.Machine;
import org.cranny.client.policy.LocalPolicy;
import org.cranny.client.policy.Plan;
import org.cranny.client.report.Human;
import org.cranny.client.report.JsonLine;
import org.cranny.engine.backup.CatalogueAwayException;
import org.cranny.protocol.policy.EffectivePolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "policy", description = "Say what central's policy is for this machine, and when it is backed up next.")
final class PolicyCommand implements Callable<Integer> {
    @ParentCommand
    private Cranny cranny;

    @Override
    public Integer call() throws IOException {
        try (Machine machine = Machine.open(cranny.home())) {
            LocalPolicy local = new LocalPolicy(machine);
            Optional<String> away = Optional.empty();
            EffectivePolicy policy;
            try {
                policy = local.refresh();
            } catch (CatalogueAwayException e) {
                policy = local.kept().orElseThrow(() -> e);
                away = Optional.of(e.getMessage());
            }
            show(policy, new Plan(policy, Clock.systemUTC()).next(), away);
        }
        return ExitCode.DONE.number();
    }

    private void show(EffectivePolicy policy, Optional<Instant> next, Optional<String> away) {
        JsonObject object = object(PolicyText.of(policy));
        if (cranny.json()) {
            cranny.screen()
                    .line(JsonLine.of("policy")
                            .add("policy", object.get("policy"))
                            .add("folders", object.getOrDefault("folders", JsonValue.EMPTY_JSON_ARRAY))
                            .add("next", next.map(Instant::toString).orElse(null))
                            .add("centralTrouble", away.orElse(null))
                            .toString());
            return;
        }
        away.ifPresent(trouble -> cranny.screen().line(trouble + " This is what it said last."));
        JsonObject members = object.getJsonObject("policy");
        members.forEach((name, value) -> cranny.screen().line(name + ": " + value));
        policy.folders().forEach(folder -> cranny.screen()
                .line("excludes in " + folder.path() + ": " + String.join(" ", folder.excludes())));
        cranny.screen()
                .line(next.map(time -> "The next backup is due at " + Human.time(time, ZoneId.systemDefault()) + ".")
                        .orElse("No backup is planned."));
    }

    private static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
