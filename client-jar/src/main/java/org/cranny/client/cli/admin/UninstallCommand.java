package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * What logs in on the machines is at central only while it looks, and while it removes: hosts are emptied in between, by
 * their daemons. Whoever stops watching that stops nothing, and asks again later.
 */
@Command(
        name = "uninstall",
        description = {
            "Let central take the programs that it installed off machines again, and let these machines go.",
            "It says what was removed and what was left. A host is to be empty first: --drain."
        })
final class UninstallCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final Pattern SYSTEM = Pattern.compile("(daemon|source):([1-9][0-9]{0,17})");

    @ParentCommand
    private AdminCommand admin;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description =
                    "A machine's name or address as it was installed; :PORT behind it when its sshd is not at 22.")
    private List<String> targets;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "daemon, source, or daemon,source.")
    private List<String> roles;

    @Mixin
    private SshOptions ssh;

    @Option(
            names = "--system",
            paramLabel = "HOST=ROLE:NUMBER",
            description = "Which system a machine is, where central does not know: ws-01=daemon:12.")
    private Map<String, String> systems = new LinkedHashMap<>();

    @Option(names = "--drain", description = "Empty hosts first, and wait until they are. It may take long.")
    private boolean drain;

    @Option(
            names = "--purge",
            description =
                    "Remove the keys of a source's backups, too: then these open through the realm's escrow alone.")
    private boolean purge;

    @Option(names = "--dry-run", description = "Say what would go, and remove nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ssh.check(admin);
        if (drain && dryRun) {
            throw admin.wrong("--dry-run changes nothing, so it drains nothing.");
        }
        try (PeoplesCentral central = admin.central()) {
            if (drain) {
                empty(central, run(central, true));
            }
            JsonObject ended = run(central, dryRun);
            Answers.print(admin.common(), "uninstallation", ended, UninstallationText.report(ended));
            return ended.getString("state").equals("DONE") ? 0 : FAILED;
        }
    }

    private JsonObject run(PeoplesCentral central, boolean look) throws IOException, InterruptedException {
        JsonObject begun = central.post("uninstallations", request(look)).asJsonObject();
        return new InstallationWatch(admin, central).untilEnded(begun);
    }

    /** All of them at once, then each is waited for. */
    private void empty(PeoplesCentral central, JsonObject looked) throws IOException, InterruptedException {
        List<Long> full = looked.getJsonArray("results").getValuesAs(JsonObject.class).stream()
                .filter(machine -> machine.get("keptFragments") instanceof JsonNumber)
                .map(machine -> machine.getJsonNumber("hostSystem").longValue())
                .toList();
        for (long host : full) {
            central.post("hosts/" + host + "/drain", JsonValue.EMPTY_JSON_OBJECT);
        }
        for (long host : full) {
            new DrainWatch(admin, central)
                    .untilEmpty(central.get("hosts/" + host + "/drain").asJsonObject());
        }
    }

    private JsonObject request(boolean look) throws IOException {
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("targets", Json.createArrayBuilder(targets))
                .add("roles", Json.createArrayBuilder(roles))
                .add("systems", numbers())
                .add("purge", purge)
                .add("dryRun", look);
        ssh.addTo(request, admin);
        return request.build();
    }

    private JsonArrayBuilder numbers() {
        JsonArrayBuilder numbers = Json.createArrayBuilder();
        systems.forEach((host, said) -> {
            Matcher system = SYSTEM.matcher(said);
            if (!system.matches()) {
                throw admin.wrong("'" + said + "' is no system. Write for example --system ws-01=daemon:12.");
            }
            numbers.add(Json.createObjectBuilder()
                    .add("host", host)
                    .add("role", system.group(1))
                    .add("system", Long.parseLong(system.group(2))));
        });
        return numbers;
    }
}
