package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tokens with which programs act for people. */
@Command(
        name = "token",
        description = "List your tokens for programs; make or revoke them.",
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Callable<Integer> {
    @ParentCommand
    private AdminCommand admin;

    @Option(names = "--all", description = "Everybody's tokens, for administrators and auditors.")
    private boolean all;

    @Override
    public Integer call() throws IOException {
        try (PeoplesCentral central = admin.central()) {
            Answers.print(
                    admin.common(), "api-token", central.get("api-tokens", Map.of("all", all)), TokenCommand::table);
        }
        return 0;
    }

    @Command(description = "Make a token; it is written into a new file, for you alone, and shown nowhere.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for, in your words.") String name,
            @Option(names = "--into", required = true, paramLabel = "FILE", description = "Must not exist.") Path file,
            @Option(names = "--role", paramLabel = "ROLE", description = "One of your roles (default: all of them).")
                    List<String> roles,
            @Option(names = "--write", description = "It may change things too (default: it only reads).")
                    boolean write,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "90",
                            description = "How long it is good, 1 to 366 (default: ${DEFAULT-VALUE}).")
                    int days)
            throws IOException {
        create(file);
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("name", name)
                .add("reading", !write)
                .add("days", days);
        if (roles != null) {
            request.add("roles", Json.createArrayBuilder(roles));
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject made = central.post("api-tokens", request.build()).asJsonObject();
            Files.writeString(file, made.getString("token") + "\n", StandardCharsets.US_ASCII);
            Answers.print(
                    admin.common(),
                    "api-token",
                    Json.createObjectBuilder(made).remove("token").build(),
                    "Token " + made.get("id") + " is in " + file + ", good until " + Answers.time(made, "expires")
                            + ".");
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return 0;
    }

    private void create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw admin.wrong("The file " + file + " exists. Name another one.");
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Command(description = "Revoke a token: it is good for nothing from the next request on.")
    int revoke(@Parameters(paramLabel = "ID", description = "Of the token.") long id) throws IOException {
        try (PeoplesCentral central = admin.central()) {
            central.delete("api-tokens/" + id);
        }
        admin.common().say("Token " + id + " is revoked.");
        return 0;
    }

    private static Table table(List<JsonObject> tokens) {
        Table table = Table.of("ID", "Of", "Name", "Roles", "May", "Made", "Used", "Until");
        for (JsonObject token : tokens) {
            table.row(
                    Answers.text(token, "id"),
                    Answers.text(token, "owner"),
                    Answers.text(token, "name").isEmpty() ? "(login)" : Answers.text(token, "name"),
                    Answers.text(token, "roles"),
                    token.getBoolean("reading", false) ? "read" : "read, change",
                    Answers.time(token, "created"),
                    Answers.time(token, "used"),
                    Answers.time(token, "expires"));
        }
        return table;
    }
}
