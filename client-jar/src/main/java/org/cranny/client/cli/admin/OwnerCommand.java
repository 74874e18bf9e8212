package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "owner",
        description = "Say who is responsible for a system: by mail they are told what others do with its backups.")
final class OwnerCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "Its number or name.")
    private String system;

    @Parameters(index = "1", arity = "0..1", paramLabel = "MAIL", description = "The owner's mail address.")
    private String mail;

    @Option(names = "--none", description = "Nobody; the administrators are told instead.")
    private boolean none;

    @Override
    public Integer call() throws IOException {
        if (none == (mail != null)) {
            throw admin.wrong("Give the owner's mail address, or --none.");
        }
        try (PeoplesCentral central = admin.central()) {
            long number = NamedSystem.number(central, system);
            JsonObjectBuilder wanted = Json.createObjectBuilder();
            if (!none) {
                wanted.add("owner", mail);
            }
            JsonObject given =
                    central.put("systems/" + number + "/owner", wanted.build()).asJsonObject();
            Answers.print(
                    admin.common(),
                    "system",
                    given,
                    given.getString("name") + " belongs to " + given.getString("owner", "nobody") + ".");
        }
        return 0;
    }
}
