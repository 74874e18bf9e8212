package org.cranny.client.cli.admin;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cranny.client.central.PeoplesCentral;
import org.cranny.client.report.Human;
import org.cranny.engine.archive.Format;
import org.cranny.engine.posix.PathBytes;
import org.cranny.engine.ssh.HostKey;
import org.cranny.engine.ssh.Login;
import org.cranny.engine.ssh.SshAddress;
import org.cranny.engine.ssh.SshMachine;
import org.cranny.protocol.octets.PathNotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "recover",
        description = "Bring a lost machine back: as an archive, onto another machine by its agent or by SSH, or with a"
                + " token for it.")
final class AdminRecoverCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @ParentCommand
    private AdminCommand admin;

    @Parameters(index = "0", paramLabel = "SYSTEM", description = "The lost machine's number.")
    private long system;

    @Parameters(index = "1..*", paramLabel = "PATH", description = "What to bring back (default: everything).")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--snapshot", description = "The beginning of its id (default: the newest).")
    private String snapshot = "latest";

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description = "Write an archive: its name ends in .tar, .tar.gz, .tar.zst or .zip.")
    private Path archive;

    @Option(
            names = "--agent",
            paramLabel = "SYSTEM",
            description = "Let this system's agent take the lost machine's place and bring the files back there.")
    private String agent;

    @Option(names = "--ssh", paramLabel = "USER@HOST[:PORT]", description = "Unpack on this machine, by sshd and tar.")
    private String ssh;

    @Option(
            names = "--target",
            paramLabel = "DIR",
            description = "Folder over there to bring files back below (with --ssh; with --agent, default: /).")
    private String target;

    @Option(
            names = "--host-key",
            paramLabel = "SHA256:…|FILE",
            description = "The fingerprint of that machine's host key, or a known_hosts file (with --ssh).")
    private String hostKey;

    @Option(names = "--ssh-key", paramLabel = "FILE", description = "Private key for this one login (with --ssh).")
    private Path sshKey;

    @Option(
            names = "--ssh-password-file",
            paramLabel = "FILE",
            description = "A file with the password of the account, or of the key (with --ssh).")
    private Path sshPassword;

    @Option(names = "--token", description = "Print a one-time token for a replacement machine: see 'cranny recover'.")
    private boolean token;

    @Option(names = "--why", paramLabel = "TEXT", description = "Why, for whoever approves, and for the log.")
    private String why;

    @Option(
            names = "--recovery",
            paramLabel = "ID",
            description = "Go on with a recovery that waited for its approval (not with --token).")
    private Long asked;

    @Mixin
    private WaitOption waiting;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (asked != null && (token || !paths.isEmpty())) {
            throw admin.wrong("--recovery says what was asked for already. Leave paths and --token out.");
        }
        long ways = Stream.of(archive, ssh, agent, token ? this : null)
                .filter(Objects::nonNull)
                .count();
        if (ways != 1) {
            throw admin.wrong("Say one of --archive FILE, --agent SYSTEM, --ssh USER@HOST, --token.");
        }
        if (waiting.wanted() && agent == null) {
            throw admin.wrong("--wait goes with --agent; the other ways end when they are done.");
        }
        if (token) {
            return handOver();
        }
        if (agent != null) {
            return byAgent();
        }
        return archive != null ? toFile() : bySsh();
    }

    private int handOver() throws IOException {
        if (!paths.isEmpty()) {
            throw admin.wrong("With --token the replacement machine is told its paths: cranny recover … PATH.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObject recovery = ask(central, "HAND_OVER", null);
            Answers.print(
                    admin.common(),
                    "recovery",
                    recovery,
                    "On the replacement machine, until " + Answers.time(recovery, "expires") + ", once:\n"
                            + "  cranny recover URL --ca-fingerprint SHA256 --token " + recovery.getString("token")
                            + (waits(recovery) ? "\n" + waiting(recovery) : ""));
        }
        return 0;
    }

    private int byAgent() throws IOException, InterruptedException {
        if (target != null && !Path.of(target).isAbsolute()) {
            throw admin.wrong("--target is a folder on the other system: give its absolute path.");
        }
        try (PeoplesCentral central = admin.central()) {
            JsonObjectBuilder request = request("AGENT")
                    .add("paths", chosen())
                    .add("agent", NamedSystem.number(central, agent))
                    .add("target", PathNotation.of(PathBytes.of(Path.of(target == null ? "/" : target))));
            JsonObject recovery = asked == null
                    ? send(central, request)
                    : central.post("recoveries/" + asked + "/tell", JsonValue.EMPTY_JSON_OBJECT)
                            .asJsonObject();
            if (waits(recovery)) {
                return waitFor(recovery);
            }
            long job = recovery.getJsonNumber("job").longValueExact();
            return waiting.conclude(admin, central, central.get("jobs/" + job).asJsonObject());
        }
    }

    private int toFile() throws IOException {
        Format format = Format.ofName(archive.getFileName().toString())
                .orElseThrow(() -> admin.wrong("--archive names a .tar, .tar.gz, .tar.zst or .zip file."));
        if (Files.exists(archive)) {
            throw admin.wrong("There is a file at " + archive + " already. Name another one.");
        }
        Path part = archive.resolveSibling(archive.getFileName() + ".part");
        try (PeoplesCentral central = admin.central()) {
            JsonObject recovery = ask(central, "ARCHIVE", format);
            if (waits(recovery)) {
                return waitFor(recovery);
            }
            ArchiveStream stream = new ArchiveStream(admin.common(), central, recovery);
            JsonObject report;
            try (OwnersFile file = OwnersFile.create(part)) {
                report = stream.into(file.stream());
                file.sync();
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(part);
                throw e;
            }
            Files.move(part, archive);
            return conclude(report, archive.toString());
        }
    }

    private int bySsh() throws IOException {
        if (target == null || hostKey == null || sshKey == null && sshPassword == null) {
            throw admin.wrong("--ssh needs --target, --host-key, and --ssh-key or --ssh-password-file.");
        }
        try (PeoplesCentral central = admin.central();
                SshMachine machine = SshMachine.connect(
                        address(), key(), new Login(sshKey == null ? null : Files.readString(sshKey), password()))) {
            JsonObject recovery = ask(central, "ARCHIVE", Format.TAR);
            if (waits(recovery)) {
                return waitFor(recovery);
            }
            ArchiveStream stream = new ArchiveStream(admin.common(), central, recovery);
            JsonObject[] report = new JsonObject[1];
            machine.run(unpacking(target), in -> report[0] = stream.into(in));
            return conclude(report[0], ssh + ":" + target);
        }
    }

    private static boolean waits(JsonObject recovery) {
        return "WAITING".equals(recovery.getString("approvalState", null));
    }

    private static String waiting(JsonObject recovery) {
        return "It waits for approval " + recovery.get("approval")
                + ": a recovery officer gives it with 'cranny admin approvals give " + recovery.get("approval")
                + "'.";
    }

    private int waitFor(JsonObject recovery) {
        Answers.print(
                admin.common(),
                "recovery",
                recovery,
                waiting(recovery) + " Then type the same command again with --recovery " + recovery.get("id") + ".");
        return 0;
    }

    private SshAddress address() {
        try {
            return SshAddress.parse(ssh);
        } catch (IllegalArgumentException e) {
            throw admin.wrong(e.getMessage());
        }
    }

    private HostKey key() {
        try {
            return HostKey.parse(hostKey);
        } catch (IllegalArgumentException e) {
            throw admin.wrong(e.getMessage());
        }
    }

    private String password() throws IOException {
        if (sshPassword == null) {
            return null;
        }
        return Files.readString(sshPassword, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow(() -> admin.wrong("The file " + sshPassword + " is empty."));
    }

    /** GNU tar takes everything; what the far side's tar does not know is left out by it, and it says so. */
    static String unpacking(String folder) {
        String quoted = "'" + folder.replace("'", "'\\''") + "'";
        return "mkdir -p " + quoted + " && exec tar --extract --file=- --directory=" + quoted
                + " --preserve-permissions --same-owner --numeric-owner --xattrs --xattrs-include='*' --acls";
    }

    private JsonObject ask(PeoplesCentral central, String way, Format format) throws IOException {
        if (asked != null) {
            return central.get("recoveries/" + asked).asJsonObject();
        }
        JsonObjectBuilder request = request(way);
        if (format != null) {
            request.add("paths", chosen()).add("format", format.ending());
        }
        return send(central, request);
    }

    private JsonObjectBuilder request(String way) {
        return Json.createObjectBuilder().add("snapshot", snapshot).add("way", way);
    }

    private JsonArrayBuilder chosen() {
        JsonArrayBuilder chosen = Json.createArrayBuilder();
        paths.forEach(chosen::add);
        return chosen;
    }

    private JsonObject send(PeoplesCentral central, JsonObjectBuilder request) throws IOException {
        if (why != null) {
            request.add("why", why);
        }
        return central.post("systems/" + system + "/recoveries", request.build())
                .asJsonObject();
    }

    private int conclude(JsonObject report, String where) {
        long failed = report.getJsonNumber("failed").longValue();
        String served = Answers.text(report, "served");
        String away = Answers.text(report, "away");
        Answers.print(
                admin.common(),
                "recovery",
                report,
                Human.count(report.getJsonNumber("files").longValue(), "file") + ", " + Answers.bytes(report, "bytes")
                        + ", are in " + where + (served.isEmpty() ? "." : ". They came from " + served + ".")
                        + (away.isEmpty() ? "" : " Away or wrong: " + away + "."));
        if (failed > 0) {
            admin.common()
                    .screen()
                    .errorLine(
                            "cranny: " + Human.count(failed, "file")
                                    + " could not be brought back; they are named above. Start the hosts that are away and ask again.");
        }
        return failed > 0 ? FAILED : 0;
    }
}
